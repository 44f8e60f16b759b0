// Where the page begins.
import { render } from "preact";
import { followLinks } from "./frame/address";
import { Shell } from "./frame/shell";
import "./styles/base.css";

followLinks();
render(<Shell />, document.getElementById("page")!);
