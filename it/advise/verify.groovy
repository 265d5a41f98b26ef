def log = new File(basedir, 'build.log').text
def matches = { String regex -> (log =~ regex).find() }
def of = { module -> log.split(/-< com\.example:|Reactor Summary/).find { it.startsWith("$module >") } }
def errors = { module -> of(module).readLines().findAll { it.startsWith('[ERROR] data/') } }
def report = { module -> new File(basedir, "$module/target/schema/advice.md") }

// Read with its byte order mark and semicolons, and drafted
assert matches(/draft \.+ SUCCESS/)
assert of('draft').contains('[INFO] data/customers.csv: 36 rows of 4 columns; key [id]')
assert report('draft').text.contains('      - zip_code -> city\n')
assert report('draft').text.contains('    key: [id]\n')

// The last row contradicts what the model declares
assert matches(/refuted \.+ FAILURE/)
def refuted = errors('refuted')
assert refuted.size() == 1
assert refuted[0] =~ /^\[ERROR] data\/customers\.csv:38: `zip_code -> city` of `Customer` is refuted by two rows, line \d+ and line 38/
assert matches(/on project refuted: the data refutes 1 statement of the model; see above, or target\/schema\/advice\.md/)
assert report('refuted').text.contains('**refuted**')

// What can't be read is named as a whole, and leaves nothing behind
assert matches(/ragged \.+ FAILURE/)
assert errors('ragged') == [
    '[ERROR] data/customers.csv:4: this record has 2 values, but there are 4 columns',
    '[ERROR] data/customers.csv:8: this record has 5 values, but there are 4 columns']
assert !new File(basedir, 'ragged/target').exists()
true
