def log = new File(basedir, 'build.log').text
def says = { String text -> log.contains(text) }
def matches = { String regex -> (log =~ regex).find() }
def of = { module -> log.split(/-< com\.example:|Reactor Summary/).find { it.startsWith("$module >") } }
def tells = { module, text -> of(module).contains(text) }

// The goal has generated for itself what it then can't prove
assert new File(basedir, 'none/target/generated-resources/schema/main/schema.sql').text.contains('CREATE TABLE note')
assert says('on project none: no engine can run a PostgreSQL for the proofs: container: ')
assert matches(/\[ERROR] +help: skip the proofs with -Dschema\.skipVerify/)
assert !new File(basedir, 'none/target/schema/proof.json').exists()
assert matches(/none \.+ FAILURE/)

assert tells('skip-verify', '[INFO] proofs skipped, as `schema.skipVerify` is set')
assert tells('skip-its', '[INFO] proofs skipped, as `skipITs` is set')
['skip-verify', 'skip-its'].each { assert matches(/$it \.+ SUCCESS/) : it }
true
