#!/usr/bin/env bash
# With an index Neo4j no longer finds lists of numbers, dates or truth values above the empty list.
#
# Software: Neo4j Community 5.26.26 (Maven: org.neo4j:neo4j), embedded in Java, an empty database
# Source:   https://github.com/neo4j/neo4j
# Right:    [] < [3] is true: lists are compared item by item, and one that begins another comes first (Cypher manual,
#           Ordering and comparison of values); an index changes how long a query takes, not what it answers
# Seen:     WHERE q.floors > [], the short way to ask for lists that hold something, finds none of the lists of
#           numbers, dates and booleans once there is a range index on the property, and < [5] misses the empty list;
#           lists of texts are found. The property of the same nodes under a label without the index is compared rightly
# Compared: ArcadeDB 26.10.2 gives the right rows, with an index too
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
cat >Lists.java <<'JAVA'
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Asks the same nodes by two labels, of which one has an index, and compares with what 5.26.26 answers. */
class Lists {
    record Case(String condition, String right, String seen) {}

    public static void main(String[] arguments) {
        var service = new DatabaseManagementServiceBuilder(Path.of(arguments[0])).build();
        var database = service.database("neo4j");
        database.executeTransactionally("CREATE INDEX FOR (q:Indexed) ON (q.list)");
        database.executeTransactionally("CALL db.awaitIndexes()");
        for (var list : List.of("[]", "[3]", "[3, 5]", "[date('2025-06-30')]", "[true]", "['east']"))
            database.executeTransactionally("CREATE (:Plain:Indexed {list: " + list + "})");
        boolean changed = false;
        for (var c : List.of(
                new Case("q.list > []", "3 3,5 2025-06-30 true east", "east"),
                new Case("q.list < [5]", "- 3 3,5", "3 3,5"),
                new Case("q.list > [1]", "3 3,5", "3 3,5"),
                new Case("q.list = []", "-", "-"))) {
            var plain = ask(database, "Plain", c.condition);
            var indexed = ask(database, "Indexed", c.condition);
            System.out.println(c.condition + "\n  expected:         " + c.right + "\n  without an index: " + plain
                + "\n  with an index:    " + indexed);
            changed |= !plain.equals(c.right) || !indexed.equals(c.seen);
        }
        service.shutdown();
        System.out.println(changed ? "CHANGED: not as stated" : "as stated");
        System.exit(changed ? 1 : 0);
    }

    /** Gives the lists found, in the order of their making: items with commas, - for the empty list. */
    static String ask(org.neo4j.graphdb.GraphDatabaseService database, String label, String condition) {
        String query = "MATCH (q:" + label + ") WHERE " + condition + " WITH q ORDER BY id(q) "
            + "WITH CASE q.list WHEN [] THEN '-' ELSE reduce(s = '', x IN q.list | s + CASE s WHEN '' THEN '' ELSE ',' END"
            + " + toString(x)) END AS list RETURN reduce(s = '', x IN collect(list) | trim(s + ' ' + x)) AS found";
        return database.executeTransactionally(query, Map.of(), r -> (String) r.next().get("found"));
    }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime >log 2>&1 || { tail -n 20 log >&2; exit 2; }
java -cp 'lib/*' Lists.java home 2>>log
