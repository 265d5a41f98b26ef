/** Makes of a module the worked example without the block below a key. */
def cut = { String module, String file, String element, String key ->
    def target = new File(basedir, "$module/src/main/schema")
    target.mkdirs()
    new File(social, 'src/main/schema').eachFile { new File(target, it.name).text = it.text }
    def lines = new File(target, file).readLines()
    def indent = { it.length() - it.stripLeading().length() }
    def from = lines.findIndexOf(lines.findIndexOf { it.trim() == "$element:" }) { it.trim().startsWith("$key:") }
    def to = lines.findIndexOf(from + 1) { !it.blank && indent(it) <= indent(lines[from]) }
    new File(target, file).text = (lines[0..<from] + (to < 0 ? [] : lines[to..-1])).join('\n') + '\n'
}

cut('without-index', 'posts.yaml', 'Post', 'indexes')
['duplicates', 'sync', 'staleness', 'gain'].each { cut("without-$it", 'follows.yaml', 'user-follower-count', it) }
true
