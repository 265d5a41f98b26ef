def log = new File(basedir, 'build.log').text
def builds = log.split(/Scanning for projects/)
assert builds.size() == 4
def (before, accepting, after) = builds[1..3]
def of = { module -> after.split(/-< com\.example:|Reactor Summary/).find { it.startsWith("$module >") } }
def matches = { String regex -> (after =~ regex).find() }
def lines = { it.readLines() }

// Before, the old flaw fails, and is coloured where Maven's own lines are; the oldest one colours nothing but terminals
def coloured = !log.contains('Apache Maven 3.6')
assert (before =~ /\u001B\[[0-9;]*mBUILD FAILURE/).find() == coloured
assert before.count(' \u001B[1;31merror[unserved-pattern]:\u001B[m `by-title` ') == (coloured ? 2 : 0)
assert before.contains(' error[unserved-pattern]: `by-title` ') != coloured
assert before.count('the model has 1 error;') >= 2

// It is accepted as a whole
assert accepting.count('accepted 1 finding in src/main/schema-baseline/findings.json') == 2
assert !accepting.contains('\u001B')
assert accepting.count(': no findings, 1 accepted in the baseline') == 2
def baselines = ['adopted', 'grown'].collect { new File(basedir, "$it/src/main/schema-baseline/findings.json").text }
assert baselines[0] == baselines[1]
assert lines(baselines[0]).count { it.startsWith('    {"rule": "unserved-pattern", "subject": "by-title", ') } == 1

// Afterwards only what is new fails, though everything has moved
assert matches(/adopted \.+ SUCCESS/)
assert new File(basedir, 'adopted/target/generated-resources/schema/main/schema.sql').exists()
assert !of('adopted').contains('[unserved-pattern]')
assert new File(basedir, 'adopted/target/schema/findings.json').text.contains('"accepted" : "baseline"')
assert matches(/grown \.+ FAILURE/)
assert matches(/on project grown: the model has 1 error, 1 accepted in the baseline;/)
def found = lines(of('grown')).findAll { it =~ /^\[ERROR] .*error\[/ }
assert found.size() == 1
assert found[0].startsWith('[ERROR] src/main/schema-later/notes.yaml:6:3: error[unserved-pattern]: `by-body` ')
assert !new File(basedir, 'grown/target/generated-resources').exists()

// Findings that nobody minds, and one that is minded more than usually
assert matches(/let-pass \.+ SUCCESS/)
assert of('let-pass').contains('error[unserved-pattern]')
assert of('let-pass').contains('[WARNING] nothing is generated, as the model has 1 error;')
assert matches(/strict \.+ FAILURE/)
assert matches(/on project strict: the model has 1 warning;/)

// A command of GitHub's is the beginning of a line, and there are none elsewhere
def commands = { text, module -> lines(text).findAll { it =~ /^::(error|warning|notice) / } }
assert commands(of('grown'), 'grown').size() == 1
assert commands(of('grown'), 'grown')[0] =~ /^::error file=(.*\/)?src\/main\/schema-later\/notes\.yaml,line=6,col=3,endColumn=10,title=unserved-pattern::`by-body` .*%0Ahelp: /
assert commands(of('strict'), 'strict')[0] =~ /^::warning file=.*,title=idle-entity::/
assert !of('adopted').contains('::error')
if (System.getenv('GITHUB_ACTIONS') != 'true') {
    assert !before.contains('::error file=')
}
true
