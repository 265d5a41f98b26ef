import java.util.zip.ZipFile

def log = new File(basedir, 'build.log').text
def times = { String start -> log.readLines().count { it.startsWith(start) } }
def says = { String text -> log.contains(text) }
def matches = { String regex -> (log =~ regex).find() }

// The aggregator has nothing to do, which is no fault: once for each goal
assert times('[INFO] no model: there is no directory src/main/schema') == 3
['schema', 'generated-resources'].each { assert !new File(basedir, "target/$it").exists() : it }
assert says('MultiThreadedBuilder')
assert !says('goals not marked') : 'all goals may run at the same time'

def sql = { module ->
    def jar = new ZipFile(new File(basedir, "$module/target/$module-1.0-SNAPSHOT.jar"))
    try {
        jar.getInputStream(jar.getEntry('main/schema.sql')).getText('UTF-8')
    } finally {
        jar.close()
    }
}

assert times('[INFO] engine: embedded PostgreSQL 18') == 2

// Each has its own on its class path, and what the models say is in the databases that they were proven on
assert sql('accounts').contains('CREATE TABLE accounts')
assert sql('orders').contains('CREATE TABLE "order"')
assert !sql('orders').contains('accounts')
['accounts', 'orders'].each {
    assert matches(/\[INFO] model `$it`: [1-9][0-9]* proven\n/) : it
    assert new File(basedir, "$it/target/schema/proof.json").exists()
}
true
