using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Tracebloc.Judge;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>
/// The behaviour that no program relies on yet, seen through the official client: of the fake here and of a real API
/// server in the integration tests.
/// </summary>
public abstract class ServerContract : IAsyncLifetime
{
    private ContractServer? _server;
    private IKubernetes? _client;

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected ContractServer Server => _server ?? throw new InvalidOperationException("not connected");

    private protected IKubernetes Client => _client ?? throw new InvalidOperationException("not connected");

    private protected string Ns => Server.Administrator.Namespace;

    /// <summary>Reaches a server, or skips with the reason.</summary>
    protected abstract ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken);

    public async ValueTask InitializeAsync()
    {
        _server = await ConnectAsync(Cancelled);
        _client = Official.Open(OfficialConfiguration.Of(_server.Administrator));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_apply_creates_what_is_not_there_and_owns_what_it_states()
    {
        var created = await ApplyAsync("chart", Web());

        Assert.Equal("registry.example.com/api:stable", created.Spec.Template.Spec.Containers[0].Image);
        var owner = Assert.Single(created.Metadata.ManagedFields, entry => entry.Operation == "Apply");
        Assert.Equal(("chart", "apps/v1"), (owner.Manager, owner.ApiVersion));
        var fields = Official.ToJson(owner)["fieldsV1"]!.ToJsonString();
        Assert.Contains("""
            "k:{\u0022name\u0022:\u0022api\u0022}":{".":{},"f:image":{},"f:name":{}}
            """, fields);
        Assert.DoesNotContain("f:progressDeadlineSeconds", fields);
    }

    [Fact]
    public async Task An_apply_of_the_same_again_changes_nothing()
    {
        await ApplyAsync("chart", Web());
        var before = await SettledAsync();

        Assert.Equal(before.Metadata.ResourceVersion, (await ApplyAsync("chart", Web())).Metadata.ResourceVersion);
    }

    [Fact]
    public async Task An_apply_that_changes_what_another_owns_is_a_conflict_that_names_the_other()
    {
        await ApplyAsync("chart", Web());
        var error = await ConflictAsync("worker", Web("next"));

        Assert.Equal("Conflict", error.Reason);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"chart\": "
            + ".spec.template.spec.containers[name=\"api\"].image", error.Message);
        var cause = Assert.Single(error.Details.Causes);
        Assert.Equal(("FieldManagerConflict", "conflict with \"chart\"",
            ".spec.template.spec.containers[name=\"api\"].image"), (cause.Reason, cause.Message, cause.Field));
    }

    [Fact]
    public async Task Several_conflicts_are_listed_by_manager()
    {
        await ApplyAsync("chart", Web());
        await PatchAsync("editor", """{"spec":{"replicas":0}}""");
        var wanted = Web("next");
        wanted["spec"]!["replicas"] = 2;
        var error = await ConflictAsync("worker", wanted);

        Assert.Matches("(?s)^Apply failed with 2 conflicts: conflicts with \"chart\":\n"
            + "- \\.spec\\.template\\.spec\\.containers\\[name=\"api\"\\]\\.image\n"
            + "conflicts with \"editor\" using apps/v1( at [-0-9T:]+Z)?:\n- \\.spec\\.replicas$", error.Message);
    }

    [Fact]
    public async Task A_forced_apply_takes_the_field_over()
    {
        await ApplyAsync("chart", Web());
        var forced = await ApplyAsync("worker", Web("next"), isForced: true);

        Assert.Equal("registry.example.com/api:next", forced.Spec.Template.Spec.Containers[0].Image);
        Assert.Contains("conflict with \"worker\"", (await ConflictAsync("chart", Web("third"))).Message);
        var chart = forced.Metadata.ManagedFields.Single(entry => entry.Manager == "chart");
        Assert.DoesNotContain("f:image", Official.ToJson(chart).ToJsonString());
    }

    [Fact]
    public async Task Managers_that_want_the_same_own_it_together()
    {
        await ApplyAsync("chart", Web());
        await ApplyAsync("worker", Web());
        var error = await ConflictAsync("third", Web("next"));

        Assert.Contains("\"chart\"", error.Message);
        Assert.Contains("\"worker\"", error.Message);
    }

    [Fact]
    public async Task What_an_apply_no_longer_states_is_removed_unless_another_states_it()
    {
        var wanted = Web();
        wanted["metadata"]!["annotations"] = new JsonObject { ["mine"] = "1", ["ours"] = "2" };
        await ApplyAsync("chart", wanted);
        var theirs = Web();
        theirs["metadata"]!["annotations"] = new JsonObject { ["ours"] = "2" };
        await ApplyAsync("worker", theirs);
        var after = await ApplyAsync("chart", Web());

        Assert.False(after.Metadata.Annotations.ContainsKey("mine"));
        Assert.Equal("2", after.Metadata.Annotations["ours"]);
    }

    [Fact]
    public async Task An_apply_without_a_manager_is_invalid() =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RefusedAsync(() => ApplyAsync(null, Web()))).Code);

    [Fact]
    public async Task Force_belongs_to_apply_alone()
    {
        await ApplyAsync("chart", Web());

        var refused = await RefusedAsync(() => Client.AppsV1.PatchNamespacedDeploymentAsync(
            new k8s.Models.V1Patch("{}", k8s.Models.V1Patch.PatchType.MergePatch), "web", Ns, force: true,
            cancellationToken: Cancelled));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Code);
        Assert.Contains("may not be specified for non-apply patch", refused.Status.Message);
    }

    private protected static async Task<(HttpStatusCode Code, k8s.Models.V1Status Status, string Text)> RefusedAsync(
        Func<Task> ask)
    {
        var answer = (await Assert.ThrowsAsync<HttpOperationException>(ask)).Response;
        var status = answer.Content.StartsWith('{') ? Official.Parse<k8s.Models.V1Status>(answer.Content)
            : new();
        return (answer.StatusCode, status, answer.Content);
    }

    private protected static JsonObject Web(string tag = "stable") => JsonNode.Parse($$$"""
        {
          "apiVersion": "apps/v1",
          "kind": "Deployment",
          "metadata": { "name": "web", "annotations": { "note": "first" } },
          "spec": {
            "selector": { "matchLabels": { "app": "web" } },
            "template": {
              "metadata": { "labels": { "app": "web" } },
              "spec": { "containers": [ { "name": "api", "image": "registry.example.com/api:{{{tag}}}" } ] }
            }
          }
        }
        """)!.AsObject();

    private protected Task<V1Deployment> ApplyAsync(string? manager, JsonObject wanted, bool? isForced = null) =>
        Client.AppsV1.PatchNamespacedDeploymentAsync(
            new k8s.Models.V1Patch(wanted.ToJsonString(), k8s.Models.V1Patch.PatchType.ApplyPatch), "web", Ns,
            fieldManager: manager, force: isForced, cancellationToken: Cancelled);

    private Task<V1Deployment> PatchAsync(string manager, string patch) =>
        Client.AppsV1.PatchNamespacedDeploymentAsync(
            new k8s.Models.V1Patch(patch, k8s.Models.V1Patch.PatchType.MergePatch), "web", Ns,
            fieldManager: manager, cancellationToken: Cancelled);

    private async Task<k8s.Models.V1Status> ConflictAsync(string manager, JsonObject wanted)
    {
        var refused = await RefusedAsync(() => ApplyAsync(manager, wanted));
        Assert.Equal(HttpStatusCode.Conflict, refused.Code);
        return refused.Status;
    }

    private async Task<V1Deployment> SettledAsync()
    {
        var changes = Client.AppsV1.WatchListNamespacedDeploymentAsync(
            Ns, fieldSelector: "metadata.name=web", timeoutSeconds: 20, cancellationToken: Cancelled);
        await foreach (var (_, item) in changes)
            if (item.Status.ObservedGeneration == item.Metadata.Generation && item.Status.Conditions is { Count: > 1 })
                return item;
        throw new TimeoutException("no controller looked at the Deployment within 20 s");
    }
}
