def log = new File(basedir, 'build.log').text
def says = { String text -> log.contains(text) }
def matches = { String regex -> (log =~ regex).find() }
def starter = new File(basedir, 'target/starter')

assert says('[INFO] model `shop`: 3 entities, 2 access patterns, 1 contract in 3 files: no findings')
assert says('[INFO] engine: ')
assert matches(/\[INFO] proven: `product-page` is served by `products` via `products_pkey`/)
assert matches(/\[INFO] proven: `reviews-of-product` is served by .*`idx_reviews_product_created`/)
assert matches(/\[INFO] proven: `product-review-count` `Product\.review_count` is exact after /)
assert matches(/\[INFO] model `shop`: [1-9][0-9]* proven\n/)
assert new File(starter, 'target/schema/proof.json').exists()

// What was to be filled in is
starter.eachFileRecurse(groovy.io.FileType.FILES) {
    if (it.name in ['pom.xml', 'README.md', 'SchemaScripts.java'] && !it.path.contains('target/starter/target')) {
        assert !(it.text =~ /@[a-z.-]+@|\$\{(groupId|artifactId|version|package)}/) : it
    }
}
assert new File(starter, 'README.md').text.startsWith('starter\n=======')
assert new File(starter, 'target/classes/com/example/starter/SchemaScripts.class').exists()

// What its README and its editor settings name is there
new File(starter, 'README.md').text.eachMatch(/`((?:src|target)\/[^`]+)`/) { all, path ->
    assert new File(starter, path).exists() : path
}
def mapping = new groovy.json.JsonSlurper().parse(new File(starter, '.vscode/settings.json'))['yaml.schemas']
assert mapping.keySet().every { new File(starter, it).exists() }
assert mapping.values().toList() == [['src/main/schema/*.yaml', 'src/main/schema/*.yml']]
def idea = new groovy.xml.XmlSlurper().parse(new File(starter, '.idea/jsonSchemas.xml')).'**'.findAll { it.name() == 'option' }
def option = { String name -> idea.find { it.@name == name }.@value.text() }
assert mapping.keySet().toList() == [option('relativePathToSchema')]
assert new File(starter, option('path')).directory

// The class that finds the generated SQL on the class path finds it
def loader = new URLClassLoader([new File(starter, 'target/starter-1.0-SNAPSHOT.jar').toURI().toURL()] as URL[])
def scripts = loader.loadClass('com.example.starter.SchemaScripts')
assert scripts.schema().contains('CREATE TABLE reviews')
assert scripts.triggers().contains('review_count')
loader.close()
true
