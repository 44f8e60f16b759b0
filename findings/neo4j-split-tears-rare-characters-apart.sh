#!/usr/bin/env bash
# Neo4j's split() into characters tears a rare Chinese character into two pieces that are none.
#
# Software: Neo4j Community 5.26.26 (Maven: org.neo4j:neo4j), embedded in Java, an empty database
# Source:   https://github.com/neo4j/neo4j
# Right:    split(text, '') gives the characters of the text, as many as size() counts: size(), substring(), left() and
#           reverse() all work by Unicode characters (Cypher manual, String functions and size()). 𠮷 (U+20BB7) in names
#           of persons is one of 42,720 of CJK Extension B
# Seen:     three pieces for the two characters of 𠮷田: halves of the surrogate pair, which drivers show as "?"; joined
#           again in the same query they are 𠮷田, stored or sent to a driver each they are lost
# Compared: ArcadeDB 26.10.2 gives 𠮷 and 田
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
cat >Split.java <<'JAVA'
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Asks a new database each query and compares the answer with the one seen in 5.26.26. */
class Split {
    record Case(String query, Object right, Object seen) {}

    public static void main(String[] arguments) {
        var service = new DatabaseManagementServiceBuilder(Path.of(arguments[0])).build();
        var database = service.database("neo4j");
        database.executeTransactionally("CREATE (p:Person {name: '\ud842\udfb7田'})");
        database.executeTransactionally("MATCH (p:Person) UNWIND split(p.name, '') AS piece CREATE (:Piece {text: piece})");
        boolean changed = false;
        for (var c : List.of(
                new Case("MATCH (p:Person) RETURN size(p.name) AS r", 2L, 2L),
                new Case("MATCH (p:Person) RETURN size(split(p.name, '')) AS r", 2L, 3L),
                new Case("MATCH (p:Person) RETURN split(p.name, '')[0] = left(p.name, 1) AS r", true, false),
                new Case("MATCH (:Piece {text: '田'}) RETURN count(*) AS r", 1L, 1L),
                new Case("MATCH (:Piece {text: '\ud842\udfb7'}) RETURN count(*) AS r", 1L, 0L),
                new Case("MATCH (:Piece {text: '?'}) RETURN count(*) AS r", 0L, 2L))) {
            Object found = database.executeTransactionally(c.query, Map.of(), r -> r.next().get("r"));
            System.out.println(c.query + "\n  expected: " + c.right + "\n  seen:     " + found);
            changed |= !found.equals(c.seen);
        }
        service.shutdown();
        System.out.println(changed ? "CHANGED: not as stated" : "as stated");
        System.exit(changed ? 1 : 0);
    }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime >log 2>&1 || { tail -n 20 log >&2; exit 2; }
java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp 'lib/*' Split.java home 2>>log
