def builds = new File(basedir, 'build.log').text.split(/Scanning for projects/)
assert builds.size() == 5
def (kept, same, dearer, accepted) = builds[1..4]
def file = 'src/main/schema-baseline/plans-postgresql-18.json'

// The first build writes the file, and says where
assert kept.contains("[INFO] plans:     $file, which belongs into the repository")

// Nothing has changed: nothing costs more
assert same.contains('[INFO] proven: `main` 2 patterns are planned at no more cost than before')

// Without the order in the index all posts of an author are sorted: both plans stand side by side, at the pattern
def shown = dearer.readLines().dropWhile { !it.contains('error[plans-get-no-worse]:') }
assert shown[0] =~ /^\[ERROR] src\/main\/schema-later\/blog\.yaml:20:3: error\[plans-get-no-worse]: `newest-of-author` is planned at \d+(\.\d)? times the cost of before$/
assert shown.any { it =~ /^ *before: cost [\d.]+ for 10 rows, \d+ pages read: Limit > Index Scan of post by by-author$/ }
assert shown.any { it =~ /^ *now: +cost [\d.,]+ for 10 rows, \d+ pages read: Limit > Sort > .* of post > .* by by-author$/ }
assert shown.any { it.contains('accept it with `mvn verify -Dschema.baseline=update`') }
assert !dearer.contains('error[plans-get-no-worse]: `post-page`')

// It is accepted
assert accepted.contains("[INFO] plans:     $file")
assert new File(basedir, file).readLines().findAll { it.contains('"pattern": ') }*.contains('> Sort >') == [true, false]
true
