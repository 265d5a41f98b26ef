def builds = new File(basedir, 'build.log').text.split(/Scanning for projects/)
assert builds.size() == 3
def (there, renamed) = builds[1..2]

// The code is there: its drift can be found, and the register says who keeps the copy
assert !there.contains('missing-code')
assert there.contains('[INFO] proven: `author-name` `com.acme.Blog#renameAuthor` is compiled')
def generated = new File(basedir, 'target/generated-resources/schema/main')
assert new File(generated, 'reconcile/author-name.drift.sql').text.contains('IS DISTINCT FROM source_1.name')
assert !new File(generated, 'triggers.sql').text.contains('CREATE OR REPLACE')

// It has another name: a warning at its place while the sources are read, an error once they are compiled
assert renamed =~ /\[WARNING] src\/main\/schema-renamed\/blog\.yaml:\d+:\d+: warning\[missing-code]: the sources have no `com\.acme\.Blog#renameWriter`/
assert renamed =~ /\[ERROR] src\/main\/schema-renamed\/blog\.yaml:\d+:\d+: error\[application-code-exists]: .*no compiled class has `com\.acme\.Blog#renameWriter`/
assert renamed.contains('BUILD FAILURE')
true
