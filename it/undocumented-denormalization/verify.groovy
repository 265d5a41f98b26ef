def log = new File(basedir, 'build.log').text
def matches = { String regex -> (log =~ regex).find() }
def of = { module -> log.split(/-< com\.example:|Reactor Summary/).find { it.startsWith("$module >") } }
def tells = { module, text -> of(module).contains(text) }
def found = { module -> of(module).readLines().findAll { it =~ /^\[(ERROR|WARNING)] / } }

def count = found('count')
assert count.size() == 1
assert count[0].startsWith('[ERROR] src/main/schema/people.yaml:8:7: error[undocumented-count]: `follower_count` ')
assert tells('count', 'from: {count: Follow, by: following}') : 'the help shows the contract that is missing'

def halfKey = found('half-key')
assert halfKey.size() == 1
assert halfKey[0].startsWith('[ERROR] src/main/schema/school.yaml:20:7: error[partial-dependency]: `student_name` ')
assert tells('half-key', 'read `student.name` through the reference')

['count', 'half-key'].each { assert matches(/on project $it: the model has 1 error/) : it }
['count-documented', 'half-key-mended'].each {
    assert found(it).empty
    assert tells(it, 'no findings') : it
    assert matches(/$it \.+ SUCCESS/) : it
}
true
