# The service as an image: `docker compose up` builds it. Needs no compiler, runs as nobody special.
FROM node:24.19.0-bookworm-slim AS page
WORKDIR /src/web
COPY web ./
RUN npm ci --ignore-scripts && npm run build

FROM python:3.11.15-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md ./
COPY graph ./graph
COPY api ./api
COPY --from=page /src/api/page ./api/page
COPY cli ./cli
COPY client ./client
COPY cypher ./cypher
COPY profiles ./profiles
COPY seed_data ./seed_data
# The build tool stays in this stage; what runs is this wheel and the hashed requirements.
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /dist .

FROM python:3.11.15-slim-bookworm
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt /tmp/requirements.txt
# The lock is complete: nothing is resolved, `pip check` below proves that nothing is missing.
RUN pip install --no-deps --require-hashes -r /tmp/requirements.txt && rm /tmp/requirements.txt
COPY --from=build /dist /tmp/dist
RUN pip install --no-deps --no-index /tmp/dist/*.whl \
    && rm -r /tmp/dist \
    && pip check \
    && useradd --uid 10001 --user-group --no-create-home cobuild \
    # A new volume takes over the owner of the folder that it covers.
    && install -d -o cobuild -g cobuild -m 700 /var/lib/cobuild
USER cobuild
WORKDIR /var/lib/cobuild
# COBUILD_HOST stays at loopback here: listening further is the deployment's own decision, see
# docker-compose.yml.
ENV COBUILD_DATA_DIR=/var/lib/cobuild
VOLUME /var/lib/cobuild
EXPOSE 8000
ENTRYPOINT ["cobuild"]
CMD ["run"]
