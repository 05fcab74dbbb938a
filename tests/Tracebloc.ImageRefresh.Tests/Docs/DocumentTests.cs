using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Testing;

namespace Tracebloc.ImageRefresh.Tests.Docs;

/// <summary>The README's commands: each gives the output shown beside it.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void The_documented_configuration_is_valid()
    {
        var folder = Directory.CreateTempSubdirectory("readme-");
        try
        {
            // The files that it names exist on the cluster, not here.
            using var certificates = TestCertificates.Create();
            var text = Documents.Block("configuration");
            text = Here(folder, text, "/etc/ca.crt", certificates.AuthorityPem);
            text = Here(folder, text, "/var/run/secrets/registry/.dockerconfigjson", "{}");
            var file = Path.Combine(folder.FullName, "refresh.yaml");
            File.WriteAllText(file, text);

            var configuration = RefreshConfigurationReader.Read(file);

            Assert.Equal(
                ["jobs-manager", "ingestor", "web", "report"], configuration.Images.Select(image => image.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_documented_defaults_are_the_defaults()
    {
        var (defaults, text) = (new RefreshConfiguration(), Documents.Block("configuration"));

        Assert.Contains($"rolloutTimeout: {Duration.Format(defaults.RolloutTimeout)} ", text);
        Assert.Contains($"tickTimeout: {Duration.Format(defaults.TickTimeout)} ", text);
        Assert.Contains($"failureThreshold: {defaults.FailureThreshold} ", text);
        Assert.Contains($"maxRefreshAttempts: {defaults.MaxRefreshAttempts} ", text);
    }

    [Fact]
    public void Every_exit_code_is_documented()
    {
        var codes = typeof(ExitCodes).GetFields().Select(field => (int)field.GetRawConstantValue()!).ToList();

        Assert.Equal(10, codes.Count);
        Assert.All(codes, code => Assert.Matches($@"(?m)^\|( \d+,)? {code}(, \d+)? \|", Documents.Text));
    }

    [Fact]
    public void Every_annotation_is_documented()
    {
        var keys = typeof(RefreshAnnotations)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(string)
                && method.GetParameters() is [{ Name: "name" }])
            .Select(method => (string)method.Invoke(null, ["NAME"])!)
            .Append(RefreshAnnotations.SkipStreak)
            .Append(Outbox.Annotation)
            .ToList();

        Assert.Equal(22, keys.Count);
        Assert.All(keys, key => Assert.Contains($"| `{key}` |", Documents.Text));
    }

    [Fact]
    public void Every_outcome_is_documented() =>
        Assert.All(
            Enum.GetValues<Outcome>(),
            outcome => Assert.Contains(ReportText.Name(outcome), Documents.Text));

    [Theory]
    [InlineData("image-refresh", "demo")]
    [InlineData("ingestor", "demo-ingestor")]
    public async Task The_documented_demo_is_what_the_demo_prints(string name, string block)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Tracebloc.Demo.dll");
        using var demo = Process.Start(new ProcessStartInfo("dotnet", [program, name])
        {
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("dotnet does not start.");
        var output = await demo.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await demo.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, demo.ExitCode);
        Assert.Equal(Fixed(Documents.Block(block)), Fixed(output));
    }

    /// <summary>Replaces the port and the time, which differ from run to run.</summary>
    private static string Fixed(string output) =>
        Time().Replace(Port().Replace(output, "127.0.0.1:5000"), "2026-01-01T00:00:00").TrimEnd();

    private static string Here(DirectoryInfo folder, string text, string named, string content)
    {
        Assert.Contains(named, text);
        var file = Path.Combine(folder.FullName, Path.GetFileName(named));
        File.WriteAllText(file, content);
        return text.Replace(named, file);
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")]
    private static partial Regex Time();
}
