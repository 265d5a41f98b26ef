def log = new File(basedir, 'build.log').text
def times = { String start -> log.readLines().count { it.startsWith(start) } }
def old = 1000000000000L

def written = { module ->
    def files = []
    ['generated-resources', 'schema'].each { new File(basedir, "$module/target/$it").eachFileRecurse(groovy.io.FileType.FILES) { files << it } }
    files
}
assert written('same')*.name.containsAll(['schema.sql', 'findings.json', 'findings.sarif', 'normal-forms.md', 'normal-forms.json', 'model.schema.json'])

// The first build's files were made old before the second
written('same').each { assert it.lastModified() < old : "$it was written again" }
def sql = new File(basedir, 'changed/target/generated-resources/schema/main/schema.sql')
assert sql.lastModified() > old
assert sql.text =~ /body +jsonb/

// What was worth a warning still is
assert times('[WARNING] src/main/schema/notes.yaml:10:3: warning[idle-entity]: ') == 4
true
