#!/usr/bin/env bash
# Gephi merges parallel edges of a GEXF file unless their `kind` differs, and adds up their weights.
#
# Software  org.gephi:gephi-toolkit:0.10.1, classifier all, from Maven Central (the library inside of
#           Gephi 0.10.1); needs Java 17 or later (a JDK, which launches a source file) and Maven.
# Source    GEXF 1.3: an edge has an id that is unique, and an optional `kind`; nothing says that edges
#           with the same ends are one edge. https://gexf.net/schema.html
# Input     two nodes, three edges a -> b with ids 1, 2, 3 and weight 1, type directed; twice, without
#           `kind` and with a different `kind` each.
# Expected  three edges both times.
# Seen      one edge of weight 3 without `kind` (the report says "Parallel edges detected, remember to
#           choose a merge strategy"); three edges with it.
#
# Exit 0: as described. Exit 1: it has changed. Exit 2: it could not be run.
set -euo pipefail

for tool in java mvn; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done
java --list-modules | grep -q '^jdk.compiler' || { echo "a JDK is needed, not a JRE" >&2; exit 2; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.gephi:gephi-toolkit:0.10.1:jar:all -DoutputDirectory="$folder" \
  || { echo "the toolkit could not be fetched" >&2; exit 2; }

write() { # $1: file, $2...: the attributes of the three edges
  local file=$1; shift
  {
    echo '<?xml version="1.0" encoding="UTF-8"?>'
    echo '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    echo '  <graph defaultedgetype="directed">'
    echo '    <nodes><node id="a" label="a"/><node id="b" label="b"/></nodes>'
    echo '    <edges>'
    local id=0
    for kind in "$@"; do
      id=$((id + 1))
      echo "      <edge id=\"$id\" source=\"a\" target=\"b\" weight=\"1.0\" $kind/>"
    done
    echo '    </edges>'
    echo '  </graph>'
    echo '</gexf>'
  } >"$file"
}
write without.gexf '' '' ''
write with.gexf 'kind="x"' 'kind="y"' 'kind="z"'

cat >Load.java <<'JAVA'
import java.io.File;
import org.gephi.graph.api.*;
import org.gephi.io.importer.api.*;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.*;
import org.openide.util.Lookup;

public class Load {
    public static void main(String[] files) throws Exception {
        Lookup lookup = Lookup.getDefault();
        ProjectController projects = lookup.lookup(ProjectController.class);
        for (String file : files) {
            projects.newProject();
            Workspace workspace = projects.getCurrentWorkspace();
            ImportController imports = lookup.lookup(ImportController.class);
            Container container = imports.importFile(new File(file));
            imports.process(container, new DefaultProcessor(), workspace);
            Graph graph = lookup.lookup(GraphController.class).getGraphModel(workspace).getGraph();
            double weight = 0;
            for (Edge edge : graph.getEdges().toArray()) {
                weight += edge.getWeight();
            }
            System.out.println("seen: " + file + " edges " + graph.getEdgeCount() + " weight " + weight);
        }
    }
}
JAVA

seen=$(java -Djava.awt.headless=true -cp gephi-toolkit-0.10.1-all.jar Load.java without.gexf with.gexf \
  2>errors.txt | grep '^seen: ') || { cat errors.txt >&2; exit 2; }
echo "$seen"
expected='seen: without.gexf edges 1 weight 3.0
seen: with.gexf edges 3 weight 3.0'
if [ "$seen" != "$expected" ]; then
  echo "this has changed; it was:" >&2
  echo "$expected" >&2
  exit 1
fi
