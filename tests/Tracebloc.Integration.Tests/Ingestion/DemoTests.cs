using Tracebloc.Database;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>docs/demo.md: the demo of the ingestor on a real server, as `dotnet cake --target=Demo` plays it.</summary>
[Collection(RealDatabases.Collection)]
public sealed class DemoTests(RealDatabases databases)
{
    [Fact]
    public async Task The_documented_demo_is_what_the_demo_prints_on_a_real_server()
    {
        await databases[ServerKind.MySql].AllowLocalInfileAsync(true, TestContext.Current.CancellationToken);

        var demo = await PublishedProgram.StartFile(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Tracebloc.Demo.dll"), "ingestor"],
            ("TRACEBLOC_DEMO_MYSQL", RealParts.MySqlScript ?? ""),
            ("PATH", Environment.GetEnvironmentVariable("PATH") ?? ""),
            ("HOME", Environment.GetEnvironmentVariable("HOME") ?? "")).Result;

        MarkedPage.Demo.VerifyBlock("demo-database", ShownRun.Lines(demo.AssertExit(0).Output));
    }
}
