#!/usr/bin/env bash
# APOC's fingerprint is the same for nodes whose lists differ: rooms [1, 12] and [11, 2], dates and texts, 1 and "1".
#
# Software: APOC Core 5.26.19 (Maven: org.neo4j.procedure:apoc-core) in Neo4j Community 5.26.19, embedded in Java
# Source:   https://github.com/neo4j/apoc (apoc.hashing.fingerprint, fingerprinting and fingerprintGraph)
# Expected: another fingerprint for another node: "calculates a MD5 checksum over a NODE or RELATIONSHIP (identical
#           entities share the same checksum)" (APOC manual), used to find duplicates and what has changed
# Seen:     the items of a list are put behind each other without anything between them: ["12", "3"] is ["1", "23"], a
#           telephone number that moves from one list entry into the next is no change, and two households are one
# Compared: = of the same Neo4j, which tells the lists apart
#
# Needs Java 17 and Maven; puts the libraries (some 220 files) and the database into a temporary folder and
# removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>5.26.19</version></dependency>
<dependency><groupId>org.neo4j.procedure</groupId><artifactId>apoc-core</artifactId><version>5.26.19</version></dependency>
<dependency><groupId>org.neo4j.procedure</groupId><artifactId>apoc-common</artifactId><version>5.26.19</version></dependency></dependencies></project>
POM
cat >Prints.java <<'JAVA'
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Makes two nodes that differ in one property, and compares their fingerprints. */
class Prints {
    record Case(String one, String other, boolean seen) {}

    public static void main(String[] arguments) {
        var service = new DatabaseManagementServiceBuilder(Path.of(arguments[0])).build();
        var database = service.database("neo4j");
        boolean changed = false;
        for (var c : List.of(
                new Case("[1, 12]", "[11, 2]", true),
                new Case("['12', '3']", "['1', '23']", true),
                new Case("['东区', '一期']", "['东区一', '期']", true),
                new Case("[1, 12]", "'112'", true),
                new Case("date('2025-06-30')", "'2025-06-30'", true),
                new Case("[1, 12]", "[1, 13]", false))) {
            var row = database.executeTransactionally(
                "CREATE (a:Home {kept: " + c.one + "}), (b:Home {kept: " + c.other + "}) "
                    + "RETURN a.kept = b.kept AS right, apoc.hashing.fingerprint(a) = apoc.hashing.fingerprint(b) AS seen",
                Map.of(), r -> r.next());
            System.out.println(c.one + " and " + c.other + "\n  the same: " + row.get("right") + "\n  by print: " + row.get("seen"));
            changed |= !row.get("right").equals(false) || !row.get("seen").equals(c.seen);
        }
        service.shutdown();
        System.out.println(changed ? "CHANGED: not as stated" : "as stated");
        System.exit(changed ? 1 : 0);
    }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime >log 2>&1 || { tail -n 20 log >&2; exit 2; }
mkdir -p home/plugins
cp lib/apoc-*.jar home/plugins
java -cp 'lib/*' Prints.java home 2>>log
