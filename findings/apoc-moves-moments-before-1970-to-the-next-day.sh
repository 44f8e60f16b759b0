#!/usr/bin/env bash
# APOC moves a moment before 1970 to the next day when it is asked for days: 5 May 1960, 8 o'clock, is 6 May.
#
# Software: APOC Core 5.26.19 (Maven: org.neo4j.procedure:apoc-core) in Neo4j Community 5.26.19, embedded in Java
# Source:   https://github.com/neo4j/apoc (apoc.date.parse, convert and format with the unit d)
# Expected: the day in which the moment lies, as for moments after 1970: parsed to days and written as a date, both of
#           8 o'clock on 5 May 1960 and of 8 o'clock on 5 May 1980 are the 5th (APOC manual, Conversion between units)
# Seen:     days are cut off towards 1970 and not downwards: every moment before it but midnight is the day after, and
#           the last day of 1969 is the first of 1970. Days of birth with an hour, and those in milliseconds from a time
#           zone west of Greenwich, are one day late for people over some 55 years, and right for the others
# Compared: date(datetime(…)) of the same Neo4j
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
cat >Days.java <<'JAVA'
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Asks in two ways for the day of some moments and compares with what was seen in 5.26.19. */
class Days {
    record Case(String moment, String right, String seen) {}

    public static void main(String[] arguments) {
        var service = new DatabaseManagementServiceBuilder(Path.of(arguments[0])).build();
        var database = service.database("neo4j");
        boolean changed = false;
        for (var c : List.of(
                new Case("1949-10-01T15:00:00", "1949-10-01", "1949-10-02"),
                new Case("1960-05-05T08:00:00", "1960-05-05", "1960-05-06"),
                new Case("1960-05-05T00:00:00", "1960-05-05", "1960-05-05"),
                new Case("1969-12-31T08:00:00", "1969-12-31", "1970-01-01"),
                new Case("1980-05-05T08:00:00", "1980-05-05", "1980-05-05"))) {
            var row = database.executeTransactionally(
                "WITH $moment AS m, \"yyyy-MM-dd'T'HH:mm:ss\" AS form RETURN toString(date(datetime(m))) AS right, "
                    + "apoc.date.format(apoc.date.parse(m, 'd', form), 'd', 'yyyy-MM-dd') AS parsed, "
                    + "apoc.date.format(apoc.date.convert(apoc.date.parse(m, 'ms', form), 'ms', 'd'), 'd', 'yyyy-MM-dd') AS converted",
                Map.of("moment", c.moment), r -> r.next());
            System.out.println(c.moment + "\n  expected: " + row.get("right") + "\n  seen:     " + row.get("parsed") + ", " + row.get("converted"));
            changed |= !row.get("right").equals(c.right) || !row.get("parsed").equals(c.seen) || !row.get("converted").equals(c.seen);
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
java -cp 'lib/*' Days.java home 2>>log
