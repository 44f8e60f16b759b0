// Where the page begins.
import { render } from "preact";
import { followLinks, parts } from "./frame/address";
import { comeBack } from "./frame/provider";
import { Shell } from "./frame/shell";
import { VIEWS } from "./frame/views";
import "./styles/base.css";

followLinks();
// The view's own script comes while the service says who one is.
void VIEWS.find((view) => view.path === (parts.value[0] ?? "overview"))?.load().catch(() => undefined);
await comeBack();
render(<Shell />, document.getElementById("page")!);
