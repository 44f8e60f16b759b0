// Where the page begins.
import { render } from "preact";
import { followLinks } from "./frame/address";
import { comeBack } from "./frame/provider";
import { Shell } from "./frame/shell";
import "./styles/base.css";

followLinks();
await comeBack();
render(<Shell />, document.getElementById("page")!);
