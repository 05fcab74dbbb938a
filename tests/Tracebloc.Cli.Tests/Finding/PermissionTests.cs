using Tracebloc.Cli.Finding;
using Tracebloc.Configuration;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Finding;

public sealed class PermissionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Each =>
        [.. Permission.All.Select(permission => (permission.Verb, permission.Resource))];

    [Fact]
    public void The_documented_Role_grants_what_a_push_needs_and_nothing_else() =>
        Assert.Equal(
            Permission.All.Select(permission => (permission.Type.Group, permission.Resource, permission.Verb)).Order(),
            Granted().Select(rule => (rule.Group, rule.Resource, rule.Verb)).Order());

    [Fact]
    public void The_documented_Role_grants_tokens_of_the_usual_account_only() =>
        Assert.Equal(
            Permission.CreateTokens.OnlyName,
            Assert.Single(Granted(), rule => rule.Resource == "serviceaccounts/token").Name);

    [Fact]
    public async Task With_all_of_them_nothing_is_missing()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Deny("list", "secrets");

        await RequireAsync(scene);

        var asked = scene.Api.Calls.Single(call =>
            (string?)call.Json?["spec"]?["resourceAttributes"]?["subresource"] == "token");
        Assert.Equal("ingestor", (string?)asked.Json!["spec"]!["resourceAttributes"]!["name"]);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Each_one_that_is_missing_is_named_with_its_rule(string verb, string resource)
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Deny("list", "secrets");
        scene.Api.Deny(verb, resource);
        var missing = Permission.All.Single(each => each.Verb == verb && each.Resource == resource);

        var fault = await Assert.ThrowsAsync<CliException>(() => RequireAsync(scene));

        Assert.Equal(missing == Permission.ListDeployments ? CliExit.NoRelease : CliExit.NotPermitted, fault.ExitCode);
        Assert.EndsWith(missing.Rule, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_named_together_with_their_purpose()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Deny("watch", "pods");
        scene.Api.Deny("get", "pods/exec");

        var fault = await Assert.ThrowsAsync<CliException>(() => RequireAsync(scene));

        Assert.Equal(
            "Permissions are missing in namespace tracebloc: watch pods (to wait for the staging "
            + "pod), get pods/exec (to "
            + "stage the data); add to the Role: {apiGroups: [\"\"], resources: [pods], verbs: [watch]}, "
            + "{apiGroups: [\"\"], resources: [pods/exec], verbs: [get]}",
            fault.Message);
    }

    [Fact]
    public async Task A_token_Secret_stands_in_for_the_right_to_make_tokens()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Deny("create", "serviceaccounts/token");

        await RequireAsync(scene);
    }

    [Fact]
    public async Task An_answer_that_is_not_certain_is_no_refusal()
    {
        await using var scene = (await Scene.StartAsync(Cancelled)).With();
        scene.Api.Deny("watch", "pods");
        scene.Api.FailReviews("webhook is away");

        await RequireAsync(scene);
    }

    private static async Task RequireAsync(Scene scene)
    {
        var session = scene.Open();
        var release = await new ReleaseFinder(session).FindAsync(Cancelled);
        var check = await PermissionCheck.OfAsync(session.Client, release, Cancelled);
        await check.RequireAsync(Cancelled);
    }

    private static List<(string Group, string Resource, string Verb, string? Name)> Granted()
    {
        var errors = new ConfigurationErrors("cli-permissions.yaml");
        var role = Documents.Read("docs/cli-permissions.yaml").Split("\n---\n")[0];
        var rules = new ConfigurationReader(ConfigurationDocument.Parse(role, errors)!, errors).Items("rules");
        return
        [
            .. from rule in rules
               from apiGroup in Texts(rule, "apiGroups")
               from resource in Texts(rule, "resources")
               from verb in Texts(rule, "verbs")
               select (apiGroup, resource, verb, Texts(rule, "resourceNames").SingleOrDefault()),
        ];
    }

    private static IEnumerable<string> Texts(ConfigurationReader rule, string key) =>
        (rule.Find(key) as ConfigurationNode.Sequence)?.Items
            .OfType<ConfigurationNode.Scalar>().Select(item => item.Text) ?? [];
}
