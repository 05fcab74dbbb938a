using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class AnswerTests : ClientFixture
{
    [Fact]
    public async Task An_answer_of_something_else_is_quoted_in_one_line()
    {
        Api.Fail("get", "deployments", FakeFault.Raw(403, "<html>\n<b>Blocked</b>\n</html>\n"));
        var error = await FailsAsync(GetAsync());

        Assert.StartsWith("GET deployments/web in tracebloc: <html> <b>Blocked</b> </html> (403); grant verb \"get\"",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_credentials()
    {
        Api.Fail("get", "deployments", FakeFault.Raw(302, ""));

        Assert.Equal(302, (await FailsAsync(GetAsync())).Code);
    }

    [Fact]
    public async Task A_success_that_is_not_JSON_is_an_error()
    {
        Api.Fail("get", "deployments", FakeFault.Raw(200, "<html>"));
        var error = await FailsAsync(GetAsync());

        Assert.False(error.IsTransient);
        Assert.Contains("the answer is not what was expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        using var client = new KubernetesClient(
            Configuration, Time, new KubernetesClientOptions { MaxResponseBytes = 100 });

        Assert.Contains(
            "longer than 100 bytes", (await FailsAsync(GetAsync(client))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_type_that_is_not_served_says_so()
    {
        Api.Fail("get", "deployments", FakeFault.Raw(404, "404 page not found\n"));
        var error = await FailsAsync(GetAsync());

        Assert.Equal(
            "GET deployments/web in tracebloc: 404 page not found (404); the server knows no apps/v1 deployments",
            error.Message);
        Assert.True(error.IsTypeNotServed);
    }

    [Fact]
    public async Task A_resource_type_that_a_served_version_lacks_is_told_apart_from_a_missing_object()
    {
        var error = await FailsAsync(Client.GetAsync(
            ResourceType.CronJobs, "tracebloc", "nightly", ContractJson.Default.JsonObject, Cancelled));

        Assert.Equal(
            "GET cronjobs/nightly in tracebloc: the server could not find the requested resource (404);"
            + " the server knows no batch/v1 cronjobs",
            error.Message);
        Assert.True(error.IsTypeNotServed);
        Assert.False((await FailsAsync(GetAsync(name: "missing"))).IsTypeNotServed);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a%2Fb")]
    public async Task A_name_that_would_change_the_path_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => GetAsync(name: name));
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task The_servers_path_and_every_part_of_the_address_are_kept()
    {
        using var client = new KubernetesClient(
            Configuration with { Server = new Uri(Api.Address, "/apis/../") }, Time);
        await client.ListAsync(
            ResourceType.Deployments, null, new ListOptions { LabelSelector = "a in (b,c),d!=e&f" },
            ContractJson.Default.ResourceListJsonObject, Cancelled);

        Assert.Equal("a in (b,c),d!=e&f", Assert.Single(Api.Calls).Query["labelSelector"]);
        Assert.Equal("500", Api.Calls[0].Query["limit"]);
    }

    [Fact]
    public async Task Requests_say_who_asks()
    {
        using var client = new KubernetesClient(
            Configuration, Time, new KubernetesClientOptions { UserAgent = "image-refresh/1.2.3" });
        await PatchAsync(client);

        Assert.Equal("image-refresh/1.2.3", Assert.Single(Api.Calls).Headers["User-Agent"]);
        Assert.Contains("image-refresh", Api.Get("deployment/web")["metadata"]!["managedFields"]!.ToJsonString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_agent_that_no_header_can_carry_is_an_error_that_names_the_header()
    {
        using var client = new KubernetesClient(
            Configuration, Time, new KubernetesClientOptions { UserAgent = "tests\r\nX-Other: 1" });

        var error = await FailsAsync(PatchAsync(client));

        Assert.Equal(
            "PATCH deployments/web in tracebloc: header User-Agent cannot be sent: "
            + "its value is not printable ASCII",
            error.Message);
        Assert.Equal((false, false), (error.IsTransient, error.IsOutcomeUnknown));
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task A_list_whose_place_is_forgotten_begins_anew()
    {
        foreach (var name in (string[])["a", "b", "c"]) Api.Add(Some.ConfigMap(name));
        Api.Fail(call => call.Query.ContainsKey("continue"), FakeFault.First(_ =>
        {
            Api.ForgetHistory();
            return Task.CompletedTask;
        }));
        var list = await Client.ListAsync(
            ResourceType.ConfigMaps, "tracebloc", new ListOptions { PageSize = 2 },
            ContractJson.Default.ResourceListJsonObject, Cancelled);

        Assert.Equal(["a", "b", "c"], list.Items.Select(item => (string?)item["metadata"]!["name"]));
        Assert.Equal([200, 410, 200, 200], Api.Calls.Select(call => call.Status));
    }

    [Fact]
    public async Task A_namespace_lives_in_no_namespace()
    {
        var read = await Client.GetAsync<JsonObject>(
            ResourceType.Namespaces, null, "tracebloc", ContractJson.Default.JsonObject, Cancelled);

        Assert.Equal("tracebloc", (string?)read["metadata"]!["name"]);
    }
}
