// Forms that were kept: by them the next register of the same form is read without a question.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { Empty, Shown } from "../../parts/states";
import { t } from "../../texts";

export function Forms(): JSX.Element {
  const words = t().intake;
  const asked = useAnswer("/api/v1/forms");
  return (
    <section>
      <p class="soft">{words.formsAbout}</p>
      <Shown asked={asked}>
        {({ data }) =>
          !data.length ? (
            <Empty>{words.noForms}</Empty>
          ) : (
            <>
              {data.map((form) => (
                <details key={form.name} class="kept-form">
                  <summary>
                    <b>{form.name}</b> <span class="soft">{form.kind}</span>
                  </summary>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">{words.heading}</th>
                        <th scope="col">{words.takenAs}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {Object.entries({ ...form.columns, ...form.constants }).map(([heading, field]) => (
                        <tr key={heading}>
                          <th scope="row">{heading}</th>
                          <td>{field === "skip" ? words.skip : field}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </details>
              ))}
            </>
          )
        }
      </Shown>
    </section>
  );
}
