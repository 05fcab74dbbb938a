namespace Tracebloc.Web.Tests;

public sealed class RouteTableTests
{
    private static readonly RouteTable Table = new(
        Of("GET", "/apis/{group}/{version}/namespaces/{ns}/{plural}"),
        Of("DELETE", "/apis/{group}/{version}/namespaces/{ns}/{plural}"),
        Of("GET", "/apis/{group}/{version}/namespaces/{ns}/{plural}/{name}"),
        Of("POST", "/apis/{group}/{version}/{plural}/query"),
        Of("GET", "/apis"));

    [Fact]
    public void Every_variable_segment_has_its_name()
    {
        var found = Table.Find("GET", "/apis/g/v2/namespaces/team a/models/m{1}");

        Assert.Equal("GET /apis/{group}/{version}/namespaces/{ns}/{plural}/{name}", found.Route?.Name);
        Assert.Equal(
            ["group=g", "name=m{1}", "ns=team a", "plural=models", "version=v2"],
            found.Variables.Select(each => $"{each.Key}={each.Value}").Order());
    }

    [Theory]
    [InlineData("/apis/")]
    [InlineData("//apis")]
    [InlineData("apis")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/APIS")]
    [InlineData("/apis/g/v2/namespaces/ns/models/m/status")]
    [InlineData("/apis/g/v2/namespaces//models")]
    [InlineData("/apis/g/v2/namespaces/ns/models/")]
    public void Another_path_has_no_route(string path)
    {
        var found = Table.Find("GET", path);

        Assert.Null(found.Route);
        Assert.Empty(found.Methods);
    }

    [Fact]
    public void Another_method_has_those_of_the_path()
    {
        Assert.Equal(["GET", "DELETE"], Table.Find("PUT", "/apis/g/v2/namespaces/ns/models").Methods);
        Assert.Equal(["POST"], Table.Find("GET", "/apis/g/v2/models/query").Methods);
    }

    private static Route Of(string method, string path) =>
        new(method, path, (_, _) => throw new InvalidOperationException("not called"));
}
