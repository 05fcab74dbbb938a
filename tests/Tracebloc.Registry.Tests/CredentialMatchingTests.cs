using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tracebloc.Registry.Tests;

public sealed class CredentialMatchingTests
{
    [Theory]
    [InlineData("ghcr.io", "ghcr.io", "o/n")]
    [InlineData("GHCR.io", "ghcr.io", "o/n")]
    [InlineData("https://ghcr.io", "ghcr.io", "o/n")]
    [InlineData("http://ghcr.io/", "ghcr.io", "o/n")]
    [InlineData("ghcr.io/v1/", "ghcr.io", "o/n")]
    [InlineData("ghcr.io/v1", "ghcr.io", "o/n")]
    [InlineData("https://ghcr.io/v2/", "ghcr.io", "o/n")]
    [InlineData("https://ghcr.io/v2/o", "ghcr.io", "o/n")]
    [InlineData("ghcr.io/o", "ghcr.io", "o/n")]
    [InlineData("ghcr.io/o/n", "ghcr.io", "o/n")]
    [InlineData("ghcr.io/o/", "ghcr.io", "o/n")]
    [InlineData("localhost:5000", "localhost:5000", "n")]
    [InlineData("localhost:5000/team", "localhost:5000", "team/n")]
    [InlineData("[2001:DB8::1]:5000", "[2001:db8::1]:5000", "n")]
    [InlineData("[2001:db8::1]", "[2001:db8::1]", "n")]
    [InlineData("*.example.com", "reg.example.com", "n")]
    [InlineData("reg*.example.com", "reg.example.com", "n")]
    [InlineData("reg?.example.com:5000/team", "reg1.example.com:5000", "team/n")]
    [InlineData("reg[0-9].example.com", "reg1.example.com", "n")]
    [InlineData("*.*.com", "reg.example.com", "n")]
    [InlineData("*ab*c.example.com", "aabbcc.example.com", "n")]
    [InlineData("reg[^a-z].example.com", "reg1.example.com", "n")]
    [InlineData("r\\eg.example.com", "reg.example.com", "n")]
    [InlineData("https://index.docker.io/v1/", "docker.io", "library/nginx")]
    [InlineData("https://index.docker.io/v1", "docker.io", "library/nginx")]
    [InlineData("https://index.docker.io/v2/", "docker.io", "library/nginx")]
    [InlineData("index.docker.io", "docker.io", "library/nginx")]
    [InlineData("docker.io", "docker.io", "library/nginx")]
    [InlineData("docker.io/library", "docker.io", "library/nginx")]
    [InlineData("registry-1.docker.io", "docker.io", "library/nginx")]
    [InlineData("https://registry-1.docker.io/v2/", "docker.io", "library/nginx")]
    public void A_key_fits_as_the_kubelet_has_it(string key, string host, string path) =>
        Assert.Single(Store(key).For(host, path));

    [Theory]
    [InlineData("ghcr.io", "ghcr.io:443", "o/n")]
    [InlineData("ghcr.io:443", "ghcr.io", "o/n")]
    [InlineData("localhost:5000", "localhost:5001", "n")]
    [InlineData("[::1]:5000", "[::1]:5001", "n")]
    [InlineData("docker.io:443", "docker.io", "library/nginx")]
    [InlineData("ghcr.io/other", "ghcr.io", "o/n")]
    [InlineData("ghcr.io/o/n/deeper", "ghcr.io", "o/n")]
    [InlineData("ghcr.io/O", "ghcr.io", "o/n")]
    [InlineData("ghcr.io/app", "ghcr.io", "v2/app")]
    [InlineData("ghcr.io.evil.com", "ghcr.io", "o/n")]
    [InlineData("io", "ghcr.io", "o/n")]
    [InlineData("*", "ghcr.io", "o/n")]
    [InlineData("*.example.com", "example.com", "n")]
    [InlineData("*.example.com", "a.b.example.com", "n")]
    [InlineData("*.example.com", "reg.example.com:5000", "n")]
    [InlineData("example.com", "reg.example.com", "n")]
    [InlineData("reg[2-9].example.com", "reg1.example.com", "n")]
    [InlineData("reg[^0-9].example.com", "reg1.example.com", "n")]
    [InlineData("*ab*c.example.com", "aabbcd.example.com", "n")]
    [InlineData("reg[.example.com", "reg1.example.com", "n")]
    [InlineData("ghcr.io/*", "ghcr.io", "o/n")]
    [InlineData("", "ghcr.io", "o/n")]
    public void Any_other_key_does_not(string key, string host, string path) =>
        Assert.Empty(Store(key).For(host, path));

    [Fact]
    public void The_most_specific_comes_first_and_every_fit_is_given()
    {
        var store = Store("*.example.com", "reg.example.com", "other.example.com", "reg.example.com/team",
            "reg.example.com/team/app", "reg.example.com:5000");

        Assert.Equal(
            ["reg.example.com/team/app", "reg.example.com/team", "reg.example.com", "*.example.com"],
            store.For("reg.example.com", "team/app").Select(c => c.Username));
    }

    [Fact]
    public void Aliases_of_docker_hub_come_in_the_order_of_the_file() => Assert.Equal(
        ["https://index.docker.io/v1/", "docker.io", "registry-1.docker.io"],
        Store("https://index.docker.io/v1/", "docker.io", "registry-1.docker.io")
            .For("docker.io", "library/nginx").Select(c => c.Username));

    [Fact]
    public void One_credential_under_two_keys_is_tried_once()
    {
        var credential = new RegistryCredential { Username = "u", Password = "p" };
        var store = CredentialStore.Empty.With("ghcr.io", credential).With("ghcr.io/o", credential with { });

        Assert.Single(store.For("ghcr.io", "o/n"));
    }

    [Fact]
    public void A_credential_of_the_configuration_is_preferred_to_the_files_and_leaves_that_store_alone()
    {
        var file = Store("https://index.docker.io/v1/", "ghcr.io/o", "ghcr.io");
        var both = file
            .With("docker.io", new RegistryCredential { Username = "hub" })
            .With("ghcr.io", new RegistryCredential { Username = "configured" });

        Assert.Equal(["hub", "https://index.docker.io/v1/"], Users(both, "docker.io", "library/nginx"));
        Assert.Equal(["ghcr.io/o", "configured", "ghcr.io"], Users(both, "ghcr.io", "o/n"));
        Assert.Equal(["ghcr.io/o", "ghcr.io"], Users(file, "ghcr.io", "o/n"));
    }

    [Fact]
    public void Several_keys_for_one_host_are_all_given_and_another_store_goes_before_under_the_same_one()
    {
        var both = Store("ghcr.io/o", "https://ghcr.io", "ghcr.io")
            .With(Store("ghcr.io", "ghcr.io/v2/", "ghcr.io/o/n"));

        Assert.Equal(
            ["ghcr.io/o/n", "ghcr.io/o", "ghcr.io", "ghcr.io/v2/", "https://ghcr.io"], Users(both, "ghcr.io", "o/n"));
    }

    [Theory]
    [InlineData("\"{0}.io\":{{\"auth\":\"OnA=\"}}")]
    [InlineData("\"ghcr.io/{0}\":{{\"auth\":\"OnA=\"}}")]
    [InlineData("\"ghcr.io\":{{\"auth\":\"OnA=\"}}")]
    [InlineData("\"ghcr.io\":{{}},\"{0}\":null")]
    public void A_secret_of_a_megabyte_is_sorted_once(string format)
    {
        var entries = new StringBuilder("{\"auths\":{");
        var count = 0;
        for (; entries.Length < 1 << 20; count++)
            entries.AppendFormat(CultureInfo.InvariantCulture, format + ",", count * 7919 % 100_003);
        entries.Length--;
        var comparer = new CountingComparer();

        var json = Encoding.UTF8.GetBytes(entries.Append("}}").ToString());
        var store = CredentialStore.Read(json, comparer, out var fault);

        Assert.Null(fault);
        Assert.NotNull(store);
        Assert.InRange(comparer.Count, 0, count * 2 * Math.Log2(count));
    }

    [Fact]
    public void Of_many_that_fit_the_eight_most_specific_are_given()
    {
        string[] keys = [.. Enumerable.Range(1, 20).Select(i => "ghcr.io/" + new string('o', i))];

        Assert.Equal(keys.Reverse().Take(8), Users(Store(keys), "ghcr.io", new string('o', 30)));
    }

    [Fact]
    public void Two_stores_together_are_in_the_order_of_one()
    {
        string[] first = ["ghcr.io/o", "https://ghcr.io", "*.io", "ghcr.io/o/n"];
        string[] second = ["ghcr.io", "*.io/o", "https://ghcr.io/o/n", "ghcr.*"];

        Assert.Equal(
            Users(Store([.. second, .. first]), "ghcr.io", "o/n"),
            Users(Store(first).With(Store(second)), "ghcr.io", "o/n"));
    }

    [Fact]
    public void An_empty_store_has_nothing_for_anyone() => Assert.Empty(CredentialStore.Empty.For("ghcr.io", "o/n"));

    private static IEnumerable<string?> Users(CredentialStore store, string host, string path) =>
        store.For(host, path).Select(c => c.Username);

    private static CredentialStore Store(params string[] keys)
    {
        var entries = keys.Select(key => JsonEncodedText.Encode(key)).Select(key => $$"""
            "{{key}}": { "username": "{{key}}", "password": "p" }
            """);
        return DockerConfig.Read($$"""{ "auths": { {{string.Join(',', entries)}} } }""");
    }
}
