def log = new File(basedir, 'build.log').text
def matches = { String regex -> (log =~ regex).find() }
def sql = { new File(basedir, "$it/target/generated-resources/schema/main/schema.sql") }

assert sql('ours').text.contains('CREATE TABLE note (')
assert sql('replaced').text.startsWith('-- In the style of this house\ncreate table note (\n')

assert matches(/on project broken: .*src\/main\/schema-templates\/postgresql\/schema\.sql\.ftl:3:16: /)
assert !sql('broken').parentFile.exists()
assert matches(/broken \.+ FAILURE/)
['ours', 'replaced'].each { assert matches(/$it \.+ SUCCESS/) : it }
true
