def log = new File(basedir, 'build.log').text
def matches = { String regex -> (log =~ regex).find() }
def of = { module -> log.split(/-< com\.example:|Reactor Summary/).find { it.startsWith("$module >") } }
def errors = { module -> of(module).readLines().findAll { it.startsWith('[ERROR] ') } }
def line = { module, file, text ->
    new File(basedir, "$module/src/main/schema/$file").readLines().findIndexOf { it.startsWith(text) } + 1
}

// Where, what, why, and how to mend it
def pattern = line('without-index', 'posts.yaml', '  posts-of-author:')
assert pattern > 0
assert errors('without-index').any { it.startsWith("[ERROR] src/main/schema/posts.yaml:$pattern:3: error[unserved-pattern]: `posts-of-author` ") }
assert of('without-index').contains('author_id, created_at desc')

[
    'without-duplicates': 'what data is duplicated',
    'without-sync': 'how it is kept in sync',
    'without-staleness': 'what happens if it goes stale',
    'without-gain': 'which query it optimizes and what was gained',
].each { module, question ->
    def contract = line(module, 'follows.yaml', '  user-follower-count:')
    assert contract > 0
    assert errors(module).any { it == "[ERROR] src/main/schema/follows.yaml:$contract:3: error[missing-answer]: contract `user-follower-count` does not say $question" } : module
    assert of(module) =~ /(?m)^  help: add:\n +${module - 'without-'}:/ : module
}

// And nothing is generated, let alone proven
['without-index', 'without-duplicates', 'without-sync', 'without-staleness', 'without-gain'].each { module ->
    assert matches(/on project $module: the model has \d+ error/) : module
    assert !new File(basedir, "$module/target/generated-resources").exists() : module
    assert !of(module).contains('engine: ') : module
}
true
