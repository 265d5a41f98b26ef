// What can't be kept as a text in a repository
def put(String name, byte[] bytes) {
    def file = new File(basedir, name)
    file.parentFile.mkdirs()
    file.bytes = bytes
}

put('not-utf8/src/main/schema/latin.yaml', "schema: caf\u00e9\n".getBytes('ISO-8859-1'))
put('too-large/src/main/schema/large.yaml', ("schema: large\n#" + '-' * (9 * 1024 * 1024)).getBytes('US-ASCII'))
put('blocked-output/target/generated-resources', 'in the way'.bytes)
true
