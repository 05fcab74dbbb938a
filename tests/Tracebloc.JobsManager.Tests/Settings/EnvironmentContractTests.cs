using System.Text.Json.Nodes;
using Tracebloc.Configuration;
using Tracebloc.JobsManager.Settings;
using Tracebloc.Testing;

namespace Tracebloc.JobsManager.Tests.Settings;

/// <summary>The published contract of both environments and the code that reads them name the same variables.</summary>
public sealed class EnvironmentContractTests
{
    private static readonly JsonNode Contract = JsonNode.Parse(Documents.Read("schemas/jobs-manager-env.v1.json"))!;

    public static TheoryData<string> Verbs => ["serve", "proxy"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_variable_that_is_read_is_listed_and_the_reverse(string verb) =>
        Assert.Equal(Listed(verb).Order(StringComparer.Ordinal), Read(verb).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_verb_without_a_required_variable_is_rejected(string verb)
    {
        var required = Required(verb);

        Assert.All(required, name => Assert.Throws<ConfigurationException>(() => Read(verb, name)));
        Assert.All(Listed(verb).Except(required), name => Read(verb, name));
    }

    [Fact]
    public void Only_the_proxy_reads_the_credentials_of_the_client()
    {
        Assert.DoesNotContain(Listed("serve"), name => name is "CLIENT_ID" or "CLIENT_PASSWORD");
        Assert.DoesNotContain(Read("serve"), name => name is "CLIENT_ID" or "CLIENT_PASSWORD");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_variable_has_a_description(string verb) => Assert.All(
        Listed(verb), name => Assert.NotNull((string?)Definition(verb)["properties"]![name]!["description"]));

    private static JsonNode Definition(string verb) => Contract["definitions"]![verb]!;

    private static IReadOnlyList<string> Listed(string verb) =>
        [.. Definition(verb)["properties"]!.AsObject().Select(property => property.Key)];

    private static IReadOnlyList<string> Required(string verb) =>
        [.. Definition(verb)["required"]!.AsArray().Select(name => (string)name!)];

    /// <returns>The names that were looked up.</returns>
    private static HashSet<string> Read(string verb, string without = "")
    {
        HashSet<string> names = [];
        if (verb == "serve") ServeSettingsReader.Read(LookUp);
        else ForwardSettingsReader.Read(LookUp);
        return names;

        string? LookUp(string name)
        {
            names.Add(name);
            return name == without || !Required(verb).Contains(name) ? null
                : name == "REQUESTS_PROXY_URL" ? "http://proxy:8888"
                : new string('x', 32);
        }
    }
}
