def log = new File(basedir, 'build.log').text
def model = new File(basedir, 'src/main/schema/forum.yaml').text

// Before, a pattern has no index and neither has the reference
assert log =~ /error\[unserved-pattern]: `latest-threads` reads all of `Thread`/

// What is missing is added behind the last line of the entity, and nothing else has changed
def added = '''    indexes:
      idx_thread_opened_at: {on: [opened_at desc]}
      idx_thread_author_id_opened_at: {on: [author_id, opened_at desc]}
'''
assert model.contains("      author: {entity: Member}   # leaves, and takes the threads along\n" + added + "    # Nothing below this line\n")
assert model.replace(added, '').readLines().size() == 27
assert log.contains('[INFO] added 2 indexes to src/main/schema/forum.yaml')
assert log.contains('no index serves two of `latest-threads`, `threads-of`')
assert new File(basedir, 'target/schema/indexes.md').text.contains('| `idx_thread_opened_at` | `opened_at desc` | `latest-threads` |')

// The third build fails at a warning, and finds none
assert log.readLines().count { it.startsWith('[INFO] BUILD SUCCESS') } == 2
true
