using System.Text.Json;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Reads, lists and watches, the owners of objects, and Events.</summary>
public abstract partial class ObjectContract : KubernetesContract
{
    [Fact]
    public async Task A_created_object_can_be_read_and_says_who_it_is()
    {
        await CreateAsync(Deployment());
        var read = JsonSerializer.Deserialize(await GetAsync(), ContractJson.Default.Thing)!;

        Assert.Equal("web", read.Metadata.Name);
        Assert.Equal(Ns, read.Metadata.Namespace);
        Assert.Equal(1, read.Metadata.Generation);
        Assert.Equal("first", read.Metadata.Annotations!["note"]);
        Assert.NotNull(read.Metadata.Uid);
        Assert.NotNull(read.Metadata.ResourceVersion);
        Assert.NotNull(read.Metadata.CreationTimestamp);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var error = await Assert.ThrowsAsync<KubernetesException>(() => GetAsync("missing"));

        Assert.True(error.IsNotFound);
        Assert.False(error.IsTypeNotServed);
        Assert.False(error.IsTransient);
        Assert.Equal("NotFound", error.Reason);
        Assert.Equal($"GET deployments/missing in {Ns}", error.Request);
        Assert.Contains("deployments.apps \"missing\" not found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_object_of_the_same_name_is_a_conflict()
    {
        await CreateAsync(Deployment());
        var error = await Assert.ThrowsAsync<KubernetesException>(() => CreateAsync(Deployment()));

        Assert.True(error.IsConflict);
        Assert.Equal("AlreadyExists", error.Reason);
    }

    [Fact]
    public async Task An_object_cannot_be_created_where_there_is_no_namespace()
    {
        var error = await Assert.ThrowsAsync<KubernetesException>(() => Client.CreateAsync(
            ResourceType.Deployments, "no-such-namespace", Deployment(), new CreateOptions(), Cancelled));

        Assert.True(error.IsNotFound);
        Assert.Contains("namespaces \"no-such-namespace\" not found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_object_is_gone()
    {
        await CreateAsync(Deployment());
        await Client.DeleteAsync(
            ResourceType.Deployments, new(Ns, "web"), new DeleteOptions { PropagationPolicy = "Background" },
            Cancelled);

        Assert.True((await Assert.ThrowsAsync<KubernetesException>(() => GetAsync())).IsNotFound);
    }

    [Fact]
    public async Task Who_may_not_read_is_told_which_rule_is_missing()
    {
        await CreateAsync(Deployment());
        using var client = Open(Server.Restricted);
        var error = await Assert.ThrowsAsync<KubernetesException>(() =>
            client.GetAsync(ResourceType.Deployments, Ns, "web", Cancelled));

        Assert.True(error.IsForbidden);
        Assert.False(error.IsTransient);
        Assert.Contains(
            "cannot get resource \"deployments\" in API group \"apps\"", error.Message, StringComparison.Ordinal);
        Assert.Contains($"grant verb \"get\" on \"deployments\" of API group \"apps\" in a Role in namespace {Ns}",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_is_not_let_in()
    {
        using var client = Open(Server.Administrator with { Token = "wrong", ClientCertificate = null });
        var error = await Assert.ThrowsAsync<KubernetesException>(() =>
            client.GetAsync(ResourceType.Deployments, Ns, "web", Cancelled));

        Assert.True(error.IsUnauthorized);
        Assert.DoesNotContain("wrong", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selectors_choose_what_is_listed()
    {
        foreach (var name in (string[])["a", "b", "c"]) await CreateAsync(Deployment(name));

        Assert.Equal(["a", "b", "c"], await NamesAsync(new ListOptions { LabelSelector = "tier=test" }));
        Assert.Equal(["b"], await NamesAsync(new ListOptions { LabelSelector = "app=b" }));
        Assert.Equal(["a", "c"], await NamesAsync(new ListOptions { LabelSelector = "app in (a, c),tier" }));
        Assert.Equal(["a", "b"], await NamesAsync(new ListOptions { LabelSelector = "app!=c" }));
        Assert.Equal(["c"], await NamesAsync(new ListOptions { FieldSelector = "metadata.name=c" }));
        Assert.Empty(await NamesAsync(new ListOptions { LabelSelector = "tier=production" }));
    }

    [Fact]
    public async Task A_field_that_cannot_be_selected_by_is_a_bad_request()
    {
        var error = await Assert.ThrowsAsync<KubernetesException>(() =>
            NamesAsync(new ListOptions { FieldSelector = "spec.replicas=1" }));

        Assert.Equal(400, error.Code);
        Assert.Contains("\"spec.replicas\" is not a known field selector", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_several_pages_is_whole()
    {
        foreach (var name in (string[])["a", "b", "c", "d", "e"]) await CreateAsync(Deployment(name));

        Assert.Equal(["a", "b", "c", "d", "e"], await NamesAsync(new ListOptions { PageSize = 2 }));
    }

    private async Task<IEnumerable<string?>> NamesAsync(ListOptions options)
    {
        var list = await Client.ListAsync(ResourceType.Deployments, Ns, options, Cancelled);
        Assert.NotNull(list.Metadata?.ResourceVersion);
        return list.Items.Select(item => (string?)item["metadata"]?["name"]);
    }
}
