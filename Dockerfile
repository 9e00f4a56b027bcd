# Fil rouge with its page and model; the store is Neo4j, or a folder at /data. glibc: the engines have no build for musl.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 FIL_ROUGE_DATA=/data
COPY package.json package-lock.json .npmrc LICENSE ./
RUN npm ci --omit=dev --ignore-scripts && mkdir /data && chown node:node /data
COPY --from=build /app/dist dist
COPY data/ontology.json data/ontology.json
COPY data/gazetteers data/gazetteers
COPY data/model data/model
COPY data/samples data/samples
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "dist/server/main.js", "serve"]
