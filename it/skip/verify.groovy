def log = new File(basedir, 'build.log').text
def times = { String start -> log.readLines().count { it.startsWith(start) } }
def says = { String text -> log.contains(text) }

['schema:validate', 'schema:generate', 'schema:verify', 'schema:help'].each { assert says(it) : it }
assert times('[INFO] skipped, as `schema.skip` is set') == 3
['schema', 'generated-resources'].each { assert !new File(basedir, "target/$it").exists() : it }
true
