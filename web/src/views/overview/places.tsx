// Where no area is chosen yet: the places that are loaded, each with the day of its register.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { link } from "../../frame/address";
import { Empty, Notes, Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";

export function Places(): JSX.Element {
  const asked = useAnswer("/api/v1/places");
  const words = t().overview;
  return (
    <>
      <h1>{t().views.overview}</h1>
      <Shown asked={asked}>
        {({ data, stamp }) =>
          data.length === 0 ? (
            <Empty>{words.nothing}</Empty>
          ) : (
            <>
              <p>{words.choose}</p>
              <ul class="places">
                {data.map((place) => (
                  <li key={place.name}>
                    <a data-here href={link("/overview", { area: place.area })}>
                      {pick(place.name_zh, place.name)}
                    </a>
                    {place.synthetic && <span class="mark">{t().frame.invented}</span>}
                    <p class="soft">
                      {words.nodes(number(place.nodes))}，{words.edges(number(place.edges))}
                      {place.delivered_on ? (
                        <>
                          ，{words.deliveredOnDay(place.delivered_on)}，
                          <a data-here href={link("/overview", { area: place.area, as_of: place.delivered_on })}>
                            {words.openDay(place.delivered_on)}
                          </a>
                        </>
                      ) : (
                        `，${words.deliveredOnNoDay}`
                      )}
                    </p>
                  </li>
                ))}
              </ul>
              <Notes stamp={stamp} />
            </>
          )
        }
      </Shown>
    </>
  );
}
