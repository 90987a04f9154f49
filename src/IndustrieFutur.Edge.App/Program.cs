using IndustrieFutur.Edge.App;

return await CommandLine.RunAsync(args);
