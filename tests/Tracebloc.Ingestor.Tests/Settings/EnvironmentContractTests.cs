using System.Text.Json.Nodes;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Settings;

/// <summary>The published contract of the environment and the code that reads it name the same variables.</summary>
public sealed class EnvironmentContractTests
{
    private static readonly JsonNode Contract = JsonNode.Parse(Documents.Read("schemas/ingestor-env.v1.json"))!;

    private static readonly IReadOnlyList<string> Listed =
        [.. Contract["properties"]!.AsObject().Select(property => property.Key)];

    [Fact]
    public void Every_variable_that_is_read_is_listed_and_the_reverse()
    {
        var read = Read([]);
        Assert.ThrowsAny<Exception>(() => Read(["INGEST_CONFIG"], read));

        Assert.Equal(Listed.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_password_of_the_client_is_never_read()
    {
        Assert.DoesNotContain("CLIENT_PASSWORD", Read([]));
        Assert.DoesNotContain("CLIENT_PASSWORD", Listed);
    }

    [Fact]
    public void A_run_without_a_required_variable_is_rejected()
    {
        string[] required = [.. Contract["required"]!.AsArray().Select(name => (string)name!)];

        Assert.All(required, name => Assert.ThrowsAny<Exception>(() => Read([name])));
        Assert.All(Listed.Except(required), name => Read([name]));
    }

    [Fact]
    public void Every_variable_has_a_description() =>
        Assert.All(Listed, name => Assert.NotNull((string?)Contract["properties"]![name]!["description"]));

    /// <returns>The names that were looked up.</returns>
    private static HashSet<string> Read(IReadOnlyList<string> without, HashSet<string>? into = null)
    {
        var names = into ?? [];
        EnvironmentSettings.TerminationLog(LookUp);
        EnvironmentSettings.Read(LookUp);
        return names;

        string? LookUp(string name)
        {
            names.Add(name);
            return without.Contains(name) ? null : name switch
            {
                "INGEST_CONFIG" or "MYSQL_HOST" or "DB_USER" or "DB_PASSWORD" or "BACKEND_TOKEN" => "x",
                _ => null,
            };
        }
    }
}
