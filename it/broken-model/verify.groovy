def log = new File(basedir, 'build.log').text
def says = { String text -> log.contains(text) }
def matches = { String regex -> (log =~ regex).find() }
def of = { module -> log.split(/-< com\.example:|Reactor Summary/).find { it.startsWith("$module >") } }
def tells = { module, text -> of(module).contains(text) }
def found = { module -> of(module).readLines().findAll { it =~ /^\[(ERROR|WARNING)] / } }

// Every mistake of every file, in one run, at its word
def mistakes = found('mistakes')
[
    'a-people.yaml:8:5: error[unknown-key]: ',
    'a-people.yaml:12:13: error[unknown-type]: ',
    'a-people.yaml:14:5: error[duplicate-key]: ',
    'b-letters.yaml:9:24: error[unknown-entity]: ',
    'b-letters.yaml:10:3: error[duplicate-name]: ',
    'c-queries.yaml:2:47: error[unknown-attribute]: ',
].each { finding ->
    assert mistakes.count { it.startsWith('[ERROR] src/main/schema/' + finding) } == 1 : finding
}
assert mistakes.count { it.contains('error[') } == 6
assert says('on project mistakes: the model has 6 errors')
assert new File(basedir, 'mistakes/target/schema/findings.json').text.contains('c-queries.yaml')

// A file that can't be read hides nothing of the others
assert found('syntax-error').any { it.startsWith('[ERROR] src/main/schema/a-people.yaml:5:5: error[unknown-key]: ') }
assert found('syntax-error').any { it.startsWith('[ERROR] src/main/schema/c-syntax.yaml:3:3: error[yaml-syntax]: ') }

assert found('empty')[0].startsWith('[ERROR] src/main/schema:1:1: error[empty-model]: ')
assert found('without-entities')[0].startsWith('[ERROR] src/main/schema/bare.yaml:1:9: error[empty-model]: ')
assert found('not-utf8')[0].startsWith('[ERROR] src/main/schema/latin.yaml:1:12: error[not-utf8]: ')
assert found('too-large')[0].startsWith('[ERROR] src/main/schema/large.yaml:1:1: error[file-too-large]: ')

// Nothing is written for a model that is broken, nor half of it where it can't be
def modules = ['mistakes', 'syntax-error', 'empty', 'without-entities', 'not-utf8', 'too-large']
modules.each { assert !new File(basedir, "$it/target/generated-resources").exists() : it }
assert matches(/on project blocked-output: can't write .*schema\.sql/)
assert new File(basedir, 'blocked-output/target/generated-resources').text == 'in the way'

// The same model without its mistakes
assert tells('mended', 'model `broken`: 2 entities, 3 access patterns, 0 contracts in 3 files: no findings')
assert new File(basedir, 'mended/target/generated-resources/schema/main/schema.sql').text.contains('CREATE TABLE letter')
assert matches(/mended \.+ SUCCESS/)
(modules + 'blocked-output').each { assert matches(/$it \.+ FAILURE/) : it }
true
