#!/usr/bin/env bash
# Neo4j counts edges twice where a pattern names their type twice, and returns each once.
#
# Software: Neo4j Community 5.26.26 (Maven: org.neo4j:neo4j), embedded in Java, an empty database
# Source:   https://github.com/neo4j/neo4j
# Right:    [:KNOWS|KNOWS] is [:KNOWS]: a type expression says which edges match, and each matches once (Cypher
#           manual, Relationship pattern label expressions); lists of types put together by programs repeat some
# Seen:     count(*) and COUNT { … }, which are taken from the counts kept for each type and node, are doubled;
#           the same pattern returned row by row, collected or bound at both ends is not
# Compared: ArcadeDB 26.10.2 gives the right counts
#
# Needs Java 17 and Maven; puts the library (some 200 files) and the database into a temporary folder and
# removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>5.26.26</version></dependency></dependencies></project>
POM
cat >Counts.java <<'JAVA'
import java.nio.file.Path;
import java.util.List;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Asks a new database each query and compares the number with the one seen in 5.26.26. */
class Counts {
    record Case(String query, long right, long seen) {}

    public static void main(String[] arguments) {
        var service = new DatabaseManagementServiceBuilder(Path.of(arguments[0])).build();
        var database = service.database("neo4j");
        database.executeTransactionally(
            "CREATE (a:Person {name: 'Ann'})-[:KNOWS]->(b:Person {name: 'Bob'}), (b)-[:KNOWS]->(a), (a)-[:KNOWS]->(b)");
        boolean changed = false;
        for (var c : List.of(
                new Case("MATCH ()-[r:KNOWS|KNOWS]->() RETURN count(*) AS n", 3, 6),
                new Case("MATCH (p:Person {name: 'Ann'}) RETURN COUNT { (p)-[:KNOWS|KNOWS]->() } AS n", 2, 4),
                new Case("MATCH ()-[r:KNOWS|KNOWS]->() WITH collect(r) AS l RETURN size(l) AS n", 3, 3),
                new Case("MATCH ()-[r:KNOWS]->() RETURN count(*) AS n", 3, 3))) {
            long n = database.executeTransactionally(c.query, java.util.Map.of(), r -> (Long) r.next().get("n"));
            System.out.println(c.query + "\n  expected: " + c.right + "\n  seen:     " + n);
            changed |= n != c.seen;
        }
        service.shutdown();
        System.out.println(changed ? "CHANGED: not as stated" : "as stated");
        System.exit(changed ? 1 : 0);
    }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime >log 2>&1 || { tail -n 20 log >&2; exit 2; }
java -cp 'lib/*' Counts.java home 2>>log
