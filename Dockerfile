# The edge service as an image. The program is published outside, so that a build needs no SDK image and no package feed:
#   dotnet publish src/IndustrieFutur.Edge.App -c Release
#   docker build -t ifedge .
# A serial port goes in with:  docker run -v /dev/ttyUSB0:/dev/ttyUSB0 --device /dev/ttyUSB0 ...
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0
FROM ${RUNTIME_IMAGE}
COPY src/IndustrieFutur.Edge.App/bin/Release/net10.0/publish/ /app/

# The service listens where its configuration says; the base image's own port would only be overridden, with a warning.
ENV ASPNETCORE_HTTP_PORTS=

# Where the spool and the embedded store lie; the service does not run as root.
RUN mkdir -p /data && chown ${APP_UID} /data
VOLUME ["/data"]
USER ${APP_UID}
WORKDIR /app
ENTRYPOINT ["dotnet", "/app/ifedge.dll"]
CMD ["run", "/etc/ifedge/edge.json"]
