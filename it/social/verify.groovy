def log = new File(basedir, 'build.log').text
def proven = { String name -> log.readLines().findAll { it.startsWith("[INFO] proven: `$name` ") } }

// The container is what the machine promised; quietly taking another engine would prove something else
def engine = log.readLines().find { it.startsWith('[INFO] engine: ') }
assert engine
assert System.getenv('SCHEMAPROOF_REQUIRE_CONTAINER') != 'true' || engine.startsWith('[INFO] engine: container ')

// Each access pattern and the index that serves it
[
    'home-feed': ['follows_pkey', 'idx_posts_author_created', 'users_pkey'],
    'posts-of-author': ['idx_posts_author_created'],
    'post-page': ['posts_pkey'],
    'edit-post': ['posts_pkey'],
    'comments-of-post': ['idx_comments_post_created'],
    'followers-of': ['idx_follows_following'],
    'following-of': ['follows_pkey'],
    'is-following': ['follows_pkey'],
    'unfollow': ['follows_pkey'],
    'profile-page': ['users_pkey'],
    'profile-by-username': ['users_username_key'],
    'login-by-email': ['users_email_key'],
].each { pattern, indexes ->
    def lines = proven(pattern)
    assert lines.size() == 1 : pattern
    indexes.each { assert lines[0].contains("`$it`") : pattern }
}

// Each contract, kept by its trigger while others write
['user-follower-count', 'user-following-count'].each { contract ->
    assert proven(contract).any { it.contains('is exact after ') && it.contains('(0 drift)') } : contract
    assert proven(contract).any { it.contains('`instead` gives the answer of `profile-page`') } : contract
    assert proven(contract).any { it.contains('earns its gain: `instead` reads ') && it.contains('its price is ') } : contract
}

// The DynamoDB store beside it, without a DynamoDB
assert proven('social-edge').any { it.contains('rows has an item of its own') }
assert proven('notifications-of').any { it.contains('its Query returns what the rows say') }
assert proven('notify').any { it.contains('its PutItem leaves every item and key as the rows say') }
assert log.contains('[WARNING] store `edge` is proven with the built-in evaluator alone')

// Where everything is
def told = { String what -> new File(basedir, log.readLines().find { it.startsWith("[INFO] $what:") }.split(/: +/)[1]) }
assert new File(told('artifacts'), 'main/schema.sql').text.contains('CREATE TABLE follows')
assert new File(told('artifacts'), 'main/triggers.sql').text.contains('follower_count')
assert told('report').text.contains('home-feed')
assert told('contracts').text.contains('kept in sync*: by trigger')
assert !log.contains('[ERROR]')
true
