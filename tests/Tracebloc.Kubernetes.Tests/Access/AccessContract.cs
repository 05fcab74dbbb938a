using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Tokens, questions for rights and the selectors of the command line, of a fake and a real server.</summary>
public abstract class AccessContract : IAsyncLifetime
{
    private ContractServer? _server;
    private KubernetesClient? _client;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected ContractServer Server => _server ?? throw new InvalidOperationException("not connected");

    private KubernetesClient Client => _client ?? throw new InvalidOperationException("not connected");

    private AccessApi Access => new(Client);

    private string Ns => Client.Namespace;

    /// <summary>Reaches a server, or skips with the reason.</summary>
    protected abstract ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken);

    public async ValueTask InitializeAsync()
    {
        _server = await ConnectAsync(Cancelled);
        _client = new(_server.Administrator, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_token_is_granted_with_its_expiry_and_its_review_knows_the_account()
    {
        await CreateAsync(ResourceType.ServiceAccounts, "ingestor");
        var token = await Access.CreateTokenAsync(Ns, "ingestor", "jobs-manager", TimeSpan.FromHours(1), Cancelled);
        var review = await Client.CreateAsync(
            ResourceType.TokenReviews, null,
            new JsonObject
            {
                ["apiVersion"] = "authentication.k8s.io/v1",
                ["kind"] = "TokenReview",
                ["spec"] = new JsonObject
                {
                    ["token"] = token.Token.Reveal(),
                    ["audiences"] = new JsonArray("jobs-manager"),
                },
            },
            new(), ContractJson.Default.JsonObject, Cancelled);

        Assert.InRange(
            token.Expires - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        Assert.Equal(
            $"system:serviceaccount:{Ns}:ingestor", (string?)review["status"]!["user"]!["username"]);
    }

    [Fact]
    public async Task A_token_for_no_account_is_not_found()
    {
        var error = await Assert.ThrowsAsync<KubernetesException>(
            () => Access.CreateTokenAsync(Ns, "absent", null, TimeSpan.FromHours(1), Cancelled));

        Assert.True(error.IsNotFound);
        Assert.Contains("serviceaccounts \"absent\" not found (404)", error.Message);
    }

    [Fact]
    public async Task A_token_lives_ten_minutes_or_more()
    {
        await CreateAsync(ResourceType.ServiceAccounts, "ingestor");
        var error = await Assert.ThrowsAsync<KubernetesException>(
            () => Access.CreateTokenAsync(Ns, "ingestor", null, TimeSpan.FromMinutes(1), Cancelled));

        Assert.Equal((422, "Invalid"), (error.Code, error.Reason));
        Assert.Contains("may not specify a duration less than 10 minutes", error.Message);
    }

    [Fact]
    public async Task Rights_are_known_without_trying_them()
    {
        using var restricted = new KubernetesClient(Server.Restricted, TimeProvider.System);
        var question = new AccessQuestion("get", ResourceType.Deployments, Ns);

        Assert.Equal(AccessVerdict.Allowed, (await Access.CanIAsync(
            new AccessQuestion("create", ResourceType.Pods, Ns) { Subresource = "exec" }, Cancelled)).Verdict);
        Assert.Equal(
            AccessVerdict.Denied, (await new AccessApi(restricted).CanIAsync(question, Cancelled)).Verdict);
    }

    [Fact]
    public async Task Secrets_are_found_by_their_type()
    {
        await CreateAsync(ResourceType.Secrets, "plain", "Opaque");
        await CreateAsync(ResourceType.Secrets, "wanted", "example.com/wanted");
        var found = await Client.ListAsync(
            ResourceType.Secrets, Ns, new ListOptions { FieldSelector = "type=example.com/wanted" },
            ContractJson.Default.ResourceListJsonObject, Cancelled);

        Assert.Equal(["wanted"], found.Items.Select(item => (string?)item["metadata"]!["name"]));
    }

    [Fact]
    public async Task The_types_of_the_command_line_are_served()
    {
        foreach (var type in (ResourceType[])
            [ResourceType.Services, ResourceType.PersistentVolumeClaims, ResourceType.Events])
            Assert.NotNull(await Client.ListAsync(
                type, Ns, new ListOptions(), ContractJson.Default.ResourceListJsonObject, Cancelled));
    }

    private Task<JsonObject> CreateAsync(
        ResourceType type, string name, string? secretType = null)
    {
        var value = new JsonObject
        {
            ["apiVersion"] = type.ApiVersion,
            ["kind"] = type.Kind,
            ["metadata"] = new JsonObject { ["name"] = name },
        };
        if (secretType is not null) value["type"] = secretType;
        return Client.CreateAsync(type, Ns, value, new(), ContractJson.Default.JsonObject, Cancelled);
    }
}

/// <summary>The contract of access, run against the fake.</summary>
public sealed class FakeAccessContract : AccessContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Old, cancellationToken);
}
