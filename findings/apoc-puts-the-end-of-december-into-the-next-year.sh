#!/usr/bin/env bash
# APOC puts the last days of December into the next year, and makes people a year older up to two weeks early.
#
# Software: APOC Core 5.26.19 (Maven: org.neo4j.procedure:apoc-core) in Neo4j Community 5.26.19, embedded in Java
# Source:   https://github.com/neo4j/apoc (apoc.date.toYears)
# Expected: "converts the given timestamp or the given date into a FLOAT representing years" (APOC manual): 31 December
#           2024 lies in 2024, and 1 January 2025 is 2025.0, as 1 January 1970 is 1970.0
# Seen:     days since 1970 divided by 365: each leap year since then adds a day. 18 to 31 December 2024 are 2025.00 to
#           2025.04, and 1 January 2025 is 2025.04. toInteger() of it counts those who took a post, or were born, by the
#           wrong year; the timestamp of a span, 1 January 1965 to 31 December 2024, is 60.04 years instead of below 60
# Compared: date(…).year and duration.between(…) of the same Neo4j
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
cat >Years.java <<'JAVA'
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Asks for the year of some days, and for the length of one span, and compares with what was seen in 5.26.19. */
class Years {
    record Case(String day, long year, String seen) {}

    public static void main(String[] arguments) {
        var service = new DatabaseManagementServiceBuilder(Path.of(arguments[0])).build();
        var database = service.database("neo4j");
        boolean changed = false;
        for (var c : List.of(
                new Case("1970-01-01", 1970, "1970.000"),
                new Case("1999-12-31", 1999, "2000.016"),
                new Case("2024-12-18", 2024, "2025.000"),
                new Case("2024-12-31", 2024, "2025.036"),
                new Case("2025-01-01", 2025, "2025.038"))) {
            var row = database.executeTransactionally(
                "RETURN date($day).year AS year, apoc.date.toYears($day, 'yyyy-MM-dd') AS seen", Map.of("day", c.day), r -> r.next());
            String seen = String.format("%.3f", (Double) row.get("seen"));
            System.out.println(c.day + "\n  expected: " + row.get("year") + " and a part of it\n  seen:     " + seen);
            changed |= ((Number) row.get("year")).longValue() != c.year || !seen.equals(c.seen);
        }
        var row = database.executeTransactionally(
            "RETURN duration.between(date('1965-01-01'), date('2024-12-31')).years AS years, apoc.date.toYears("
                + "apoc.date.parse('2024-12-31', 'ms', 'yyyy-MM-dd') - apoc.date.parse('1965-01-01', 'ms', 'yyyy-MM-dd')) AS seen",
            Map.of(), r -> r.next());
        String seen = String.format("%.3f", (Double) row.get("seen"));
        System.out.println("1965-01-01 to 2024-12-31\n  expected: " + row.get("years") + " and a part\n  seen:     " + seen);
        changed |= ((Number) row.get("years")).longValue() != 59 || !seen.equals("60.038");
        service.shutdown();
        System.out.println(changed ? "CHANGED: not as stated" : "as stated");
        System.exit(changed ? 1 : 0);
    }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime >log 2>&1 || { tail -n 20 log >&2; exit 2; }
mkdir -p home/plugins
cp lib/apoc-*.jar home/plugins
java -cp 'lib/*' Years.java home 2>>log
