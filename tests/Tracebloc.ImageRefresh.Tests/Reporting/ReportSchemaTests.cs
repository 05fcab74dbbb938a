using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Json.Schema;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Registry;
using Tracebloc.Testing.Kubernetes;
using Tracebloc.Testing.Registry;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Reporting;

/// <summary>docs/report.schema.json, the types that are written by it, and what ticks really write.</summary>
public sealed class ReportSchemaTests
{
    private static readonly JsonNode Written =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "report.schema.json")))!;

    // Members may be added to a report; here those that are not described are violations.
    private static readonly JsonSchema Closed = JsonSchema.FromText(Close(Written.DeepClone()).ToJsonString());

    [Theory]
    [InlineData(null, typeof(ReportJson))]
    [InlineData("image", typeof(ReportedImage))]
    [InlineData("quarantined", typeof(QuarantineJson))]
    public void It_describes_the_members_that_are_written_and_requires_those_that_always_are(
        string? definition, Type type)
    {
        var schema = Definition(definition);
        var members = ReportContext.Readable.GetTypeInfo(type)?.Properties ?? [];

        Assert.NotEmpty(members);
        Assert.Equal(
            members.Select(member => member.Name).Order(),
            schema["properties"]!.AsObject().Select(property => property.Key).Order());
        Assert.Equal(
            members.Where(IsAlwaysWritten).Select(member => member.Name).Order(),
            schema["required"]!.AsArray().Select(name => $"{name}").Order());
    }

    [Fact]
    public void It_lists_every_outcome_in_their_order() =>
        Assert.Equal(
            Enum.GetNames<Outcome>().Select(JsonNamingPolicy.CamelCase.ConvertName),
            Definition("image")["properties"]!["outcome"]!["enum"]!.AsArray().Select(outcome => $"{outcome}"));

    [Fact]
    public async Task What_ticks_write_is_as_it_says()
    {
        await using var fixture = await StartAsync();
        fixture.Api.Add(Deployment("other"));
        fixture.Track(
            fixture.SetEnv().RollingBack(),
            fixture.SetImage(workload: "deployment/other"),
            fixture.Restart("missing", "deployment/missing"),
            fixture.Restart("pinned") with { Pinned = true, OnFailure = OnFailure.Rollback });
        fixture.Push("ingestor", "1");
        fixture.Push("web", "1");
        var outcomes = new HashSet<string>();

        await TickAndStatusAsync();
        var broken = fixture.Push("ingestor", "broken");
        fixture.Push("web", "2");
        fixture.Api.OnRollout(Acme, rollout =>
            rollout.Variable("api", Variable) == $"{broken}" ? RolloutBehaviour.Crashes : RolloutBehaviour.Completes);
        Note(await fixture.TickAsync(dryRun: true));
        await TickAndStatusAsync();
        await TickAndStatusAsync();
        fixture.Registry.When(_ => true, FakeReply.Of(429).With("Retry-After", "3600"));
        await TickAndStatusAsync();

        string[] expected =
        [
            "pinned", "unreachable", "unseen", "recorded", "unchanged", "refreshed", "rolledBack", "quarantined",
            "unresolved",
        ];
        Assert.Equal(expected.Order(), outcomes.Order());

        async Task TickAndStatusAsync()
        {
            Note(await fixture.StatusAsync());
            Note(await fixture.TickThroughWaitsAsync());
            Note(await fixture.StatusAsync());
        }

        void Note(TickResult report)
        {
            var json = JsonElement.Parse(ReportJson.Write(report));
            Assert.Empty(Violations(json));
            outcomes.UnionWith(json.GetProperty("images").EnumerateArray().Select(image =>
                image.GetProperty("outcome").GetString() ?? ""));
        }
    }

    [Fact]
    public async Task What_gates_keep_out_is_written_as_it_says()
    {
        using var folder = new ConfigurationFile();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var fixture = await StartAsync();
        var amd64 = new Platform { Os = "linux", Architecture = "amd64" };
        var arm64 = amd64 with { Architecture = "arm64" };
        fixture.Track(
            Gated(fixture, "soaking", new() { MinAge = TimeSpan.FromHours(6) }),
            Gated(fixture, "incomplete", new() { Platforms = new() { Listed = [amd64, arm64] } }),
            Gated(fixture, "skipped", new() { Platforms = new() { Listed = [amd64], IgnoresOthers = true } }),
            Gated(fixture, "untrusted", new()
            {
                Verify = new() { KeyFile = folder.With("cosign.pub", key.ExportSubjectPublicKeyInfoPem()) },
            }));
        Push(("linux/amd64", "1"), ("linux/arm64", "1"));
        await fixture.TickAsync();
        Push(("linux/amd64", "1"));

        var report = JsonElement.Parse(ReportJson.Write(await fixture.TickAsync()));

        Assert.Empty(Violations(report));
        Assert.Equal(
            ["held", "incomplete", "skipped", "untrusted"],
            report.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("outcome").GetString()));
        Assert.True(report.GetProperty("images")[0].TryGetProperty("until", out _));

        void Push(params (string, string)[] parts)
        {
            foreach (var image in fixture.Configuration.Images)
                fixture.Registry.Push(image.Image.Path, image.Image.Tag, FakeManifest.ForPlatforms(parts));
        }
    }

    [Fact]
    public async Task The_value_of_a_variable_that_is_no_digest_is_in_no_report()
    {
        await using var fixture = await StartAsync();
        await fixture.SeenAsync(fixture.SetEnv());
        fixture.Push("ingestor", "2");
        await fixture.TickThroughWaitsAsync();
        fixture.Api.Edit(Acme, body => body["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]![0]!["value"] =
            "sesame");

        foreach (var report in (TickResult[])[await fixture.TickAsync(dryRun: true), await fixture.StatusAsync()])
        {
            Assert.DoesNotContain("sesame", ReportJson.Write(report));
            Assert.DoesNotContain("sesame", ReportText.Write(report));
            Assert.Equal(Outcome.Repaired, Assert.Single(report.Images).Outcome);
        }
    }

    private static TrackedImage Gated(TickFixture fixture, string name, GateOptions gates)
    {
        fixture.Api.Add(Deployment(name));
        return fixture.Restart(name, $"deployment/{name}") with { Gates = gates };
    }

    [Theory]
    [InlineData("\"dryRun\": false", "\"dryRun\": \"no\"")]
    [InlineData("\"dryRun\": false,", "")]
    [InlineData("\"dryRun\": false", "\"dryRun\": false, \"more\": 1")]
    [InlineData("\"registries\"", "\"hearsay\"")]
    [InlineData("\"rolledBack\"", "\"rolled back\"")]
    [InlineData("\"attempts\": 0", "\"attempts\": -1")]
    [InlineData("\"attempts\": 0", "\"attempts\": 0.5")]
    [InlineData("sha256:b", "sha256:B")]
    [InlineData("\"deployment/", "\"pod/")]
    [InlineData("\"failures\": 1", "\"failures\": 0")]
    [InlineData("\"at\": \"2026", "\"at\": \"soon 2026")]
    [InlineData("RefreshReport", "RefreshPlan")]
    public void What_is_written_otherwise_is_found(string written, string otherwise)
    {
        var record = new RefreshRecord
        {
            Settled = Some.A,
            Quarantine = new(new QuarantineEntry(Some.B, Some.Now, "crashed")),
        };
        var image = new ImageResult
        {
            Image = Some.EnvSet(),
            Outcome = Outcome.RolledBack,
            Message = "why",
            Recorded = record,
        };
        var text = ReportJson.Write(new TickResult(Some.Now, TimeSpan.FromSeconds(1), [image], Some.Policy));

        Assert.Empty(Violations(JsonElement.Parse(text)));
        Assert.Contains(written, text);
        Assert.NotEmpty(Violations(JsonElement.Parse(text.Replace(written, otherwise))));
    }

    private static JsonNode Definition(string? name) => name is null ? Written : Written["$defs"]![name]!;

    private static IReadOnlyList<string> Violations(JsonElement report)
    {
        var result = Closed.Evaluate(
            report, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return result.IsValid ? [] : [.. (result.Details ?? []).SelectMany(at =>
            (at.Errors ?? []).Select(error => $"{at.InstanceLocation}: {error.Value}"))];
    }

    private static JsonNode Close(JsonNode schema)
    {
        if (schema is JsonObject described && described["properties"] is JsonObject)
            described["additionalProperties"] = false;
        foreach (var part in schema is JsonObject named ? named.Select(member => member.Value) : schema.AsArray())
            if (part is JsonObject or JsonArray)
                Close(part);
        return schema;
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo member) =>
        member.IsRequired || member.Set is null
        || (member.PropertyType.IsValueType && Nullable.GetUnderlyingType(member.PropertyType) is null);
}
