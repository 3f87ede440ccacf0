# All our images from one build: --target app with --build-arg APP=queue-app | ticketing-app | api-gateway, or --target tools.
# BUILDER needs a JDK 17+ and Maven 3.8+, RUNTIME a Java 17+ runtime and bash.
ARG BUILDER=maven:3.9-eclipse-temurin-17
ARG RUNTIME=eclipse-temurin:17-jre

FROM ${BUILDER} AS build
WORKDIR /src
COPY . .
# Offline builds pass -o.
ARG MAVEN_OPTIONS=
RUN mvn -B -ntp ${MAVEN_OPTIONS} -Dmaven.test.skip=true -Dspotless.check.skip=true package
RUN for app in queue-app ticketing-app api-gateway; do \
        java -Djarmode=tools -jar $app/target/$app-*.jar extract \
            --layers --destination /out/$app --application-filename app.jar || exit 1; \
    done

FROM ${RUNTIME} AS runtime
RUN groupadd --system --gid 10001 onsale \
    && useradd --system --uid 10001 --gid 10001 --home-dir /app --no-create-home onsale \
    && mkdir -p /app /secrets /data \
    && chown 10001:10001 /app /secrets /data
WORKDIR /app

# The providers' sandbox, the maker of secrets, the writer of demo accounts and the crowd: for trying out, not for production.
FROM runtime AS tools
COPY --from=build /src/local-stack/target/lib/ lib/
COPY --from=build /src/local-stack/target/classes/ classes/
COPY --from=build /src/loadtest/target/lib/ loadtest/lib/
COPY --from=build /src/loadtest/target/classes/ loadtest/classes/
# Where the crowd looks for secrets and accounts, and keeps what it was told.
RUN mkdir -p .onsale/secrets/ticketing .onsale/data \
    && ln -s /data/credentials.json .onsale/credentials.json \
    && chown -R 10001:10001 .onsale
RUN for program in ticketing queue gateway sandbox stores redis; do \
        mkdir -p /secrets/$program && chown 10001:10001 /secrets/$program; \
    done
USER 10001:10001
ENTRYPOINT ["java", "-Xmx192m", "-cp", "classes:lib/*"]

# What rarely changes comes first: a new version of an app is one small layer.
FROM runtime AS app
ARG APP
COPY --from=build /out/${APP}/dependencies/ ./
COPY --from=build /out/${APP}/spring-boot-loader/ ./
COPY --from=build /out/${APP}/snapshot-dependencies/ ./
COPY --from=build /out/${APP}/application/ ./
USER 10001:10001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
