using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Registry.Tests;

public sealed class DockerConfigTests
{
    [Theory]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"dXNlcjpww6TigqzDpA=="}}}""", "user", "pä€ä")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"dXNlcjpww6TigqzDpA"}}}""", "user", "pä€ä")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":" dXNlcjpw\nYQ== \n"}}}""", "user", "pa")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"dTphOmI6"}}}""", "u", "a:b:")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"OnA="}}}""", null, "p")]
    [InlineData("""{"auths":{"ghcr.io":{"username":"user","password":"p:w"}}}""", "user", "p:w")]
    [InlineData("""{"auths":{"ghcr.io":{"username":"x","password":"y","auth":"dTphOmI6"}}}""", "u", "a:b:")]
    [InlineData("""{"auths":{"ghcr.io":{"username":"x","password":"y","auth":""}}}""", "x", "y")]
    [InlineData("""{"auths":{"ghcr.io":{"username":"x","password":"y","auth":null,"email":1}}}""", "x", "y")]
    [InlineData("""{"ghcr.io":{"auth":"dTphOmI6","email":"a@b"}}""", "u", "a:b:")]
    [InlineData("""{"credsStore":"desktop","ghcr.io":{"username":"x","password":"y"}}""", "x", "y")]
    [InlineData("""{"Auths":{"ghcr.io":{"auth":"dTphOmI6"}}}""", "u", "a:b:")]
    [InlineData("""{"auths":{"ghcr.io":{"Auth":"dTphOmI6"}}}""", "u", "a:b:")]
    [InlineData("""{"auths":{"ghcr.io":{"Username":"x","PassWord":"y","Email":"e"}}}""", "x", "y")]
    [InlineData("""{"ghcr.io":{"Username":"x","Password":"y"}}""", "x", "y")]
    [InlineData("""{"auths":{"ghcr.io":{"password":"w","username":"x","Password":"y"}}}""", "x", "y")]
    [InlineData("""{"auths":{"ghcr.io":{"username":"x","password":"y","Password":null}}}""", "x", "y")]
    [InlineData("""{"auths":{"ghcr.io":{"password":"w"},"ghcr.io":{"username":"x","password":"y"}}}""", "x", "y")]
    [InlineData("""{"auths":{"ghcr.io":{"username":"x","password":"y"}},"Auths":{"b.io":{}}}""", "x", "y")]
    [InlineData("""{"auths":{"ghcr.io":{"password":"w"}},"AUTHS":{"ghcr.io":{"password":"y"}}}""", null, "y")]
    [InlineData("""{"auths":null,"auths":{"ghcr.io":{"password":"y"}}}""", null, "y")]
    [InlineData("""{"auths":{"ghcr.io":{"password":"y","extra":[{"auth":1}]}},"HttpHeaders":{}}""", null, "y")]
    [InlineData("""{"auths":{"ghcr.io":{"username":"x","password":"y "}}}""", "x", "y ")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"eDp5IA=="}}}""", "x", "y ")]
    [InlineData("\uFEFF{\"auths\":{\"ghcr.io\":{\"username\":\"x\",\"password\":\"y\"}}}", "x", "y")]
    public void A_user_and_password_are_read(string json, string? username, string password)
    {
        var credential = Assert.Single(DockerConfig.Read(json).For("ghcr.io", "o/n"));

        Assert.Equal(new RegistryCredential { Username = username, Password = password }, credential);
    }

    [Fact]
    public void Tokens_are_read_beside_the_name_that_docker_gives_them()
    {
        var json = """
            { "auths": {
                "a.io": { "auth": "MDAwMDAwMDA6", "identitytoken": "refresh" },
                "b.io": { "RegistryToken": "bearer" } } }
            """;
        var store = DockerConfig.Read(json);

        Assert.Equal(
            new RegistryCredential { Username = "00000000", IdentityToken = "refresh" },
            Assert.Single(store.For("a.io", "n")));
        Assert.Equal(
            new RegistryCredential { RegistryToken = "bearer" },
            Assert.Single(store.For("b.io", "n")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"auths":{}}""")]
    [InlineData("""{"auths":null}""")]
    [InlineData("""{"auths":{"ghcr.io":{}},"credsStore":"desktop"}""")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":""}}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"Og=="}}}""")]
    [InlineData("""{"auths":{"ghcr.io":null}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"password":"y"},"ghcr.io":null}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"password":"y"},"ghcr.io":{}}}""")]
    [InlineData("""{"auths":{"ghcr.io":{"password":"y"}},"Auths":null}""")]
    [InlineData("""{"credHelpers":{"ghcr.io":"gh"},"currentContext":"x","detachKeys":null}""")]
    public void An_entry_without_credentials_is_passed_over(string json) =>
        Assert.Empty(DockerConfig.Read(json).For("ghcr.io", "o/n"));

    [Theory]
    [InlineData("", "not valid JSON at line 1, byte 1")]
    [InlineData("hunter2", "not valid JSON at line 1, byte 1")]
    [InlineData("{\n\"auths\": hunter2}", "not valid JSON at line 2, byte 10")]
    [InlineData("{\"auths\":{\"ghcr.io\":{\"password\":\"hunter2", "not valid JSON at line 1")]
    [InlineData("[\"hunter2\"]", "the content is not an object")]
    [InlineData("\"hunter2\"", "the content is not an object")]
    [InlineData("""{"auths":["hunter2"]}""", "auths is not an object")]
    [InlineData("""{"auths":{"ghcr.io":"hunter2"}}""", "auths[\"ghcr.io\"] is not an object")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"hunter2!"}}}""", "auths[\"ghcr.io\"].auth is not base64")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"aHVudGVyMg=="}}}""", "auths[\"ghcr.io\"].auth has no colon")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":"aHVudGVyMjr/"}}}""", "auths[\"ghcr.io\"].auth is not UTF-8")]
    [InlineData("""{"auths":{"ghcr.io":{"auth":["hunter2"]}}}""", "auths[\"ghcr.io\"].auth is not a text")]
    [InlineData("""{"auths":{"ghcr.io":{"password":2}}}""", "auths[\"ghcr.io\"].password is not a text")]
    [InlineData("""{"auths":{"ghcr.io":{"Password":2}}}""", "auths[\"ghcr.io\"].password is not a text")]
    [InlineData("""{"auths":{},"Auths":["hunter2"]}""", "auths is not an object")]
    [InlineData("""{"auths":{"ghcr.io":{"identitytoken":{}}}}""", "auths[\"ghcr.io\"].identitytoken is not a text")]
    [InlineData("""{"auths":{"a.io":{"registrytoken":"hunter2\n"}}}""", "auths[\"a.io\"].registrytoken has a line")]
    [InlineData("""{"auths":{"a.io":{"registrytoken":"hunter2é"}}}""", "auths[\"a.io\"].registrytoken has a line")]
    [InlineData("""{"auths":{"gh\ncr.io":2}}""", "auths[\"gh cr.io\"] is not an object")]
    [InlineData("""{"auths":{"u:hunter2@ghcr.io":[]}}""", "auths[\"ghcr.io\"] is not an object")]
    [InlineData("""{"ghcr.io":{"auth":"hunter2!"}}""", "[\"ghcr.io\"].auth is not base64")]
    [InlineData("""{"auths":{"ghcr.io":{"password":"hunter2\ud800"}}}""", "not valid Unicode")]
    public void Malformed_content_is_refused_by_its_place_and_never_by_its_value(string json, string reason)
    {
        var fault = DockerConfig.FaultOf(Encoding.UTF8.GetBytes(json));

        Assert.Contains(reason, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVyM", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() => Assert.Contains(
        "not valid Unicode",
        DockerConfig.FaultOf((byte[])[.. "{\"auths\":{\"ghcr.io\":{\"password\":\""u8, 0xff, .. "\"}}}"u8]),
        StringComparison.Ordinal);

    [Fact]
    public void What_goes_into_a_basic_header_comes_out_of_a_file() =>
        Prop.ForAll<NonEmptyString, NonEmptyString>((first, second) =>
        {
            var sent = new RegistryCredential
            {
                Username = Valid(first.Get).Replace(":", "", StringComparison.Ordinal) + "u",
                Password = Valid(second.Get) + "p",
            };
            var store = DockerConfig.Read($$"""{ "ghcr.io": { "auth": "{{sent.ToBasic()}}" } }""");
            return store.For("ghcr.io", "o/n") is [var read] && read == sent;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_printed_credential_names_kinds_and_no_values()
    {
        var credential = new RegistryCredential
        {
            Username = "user",
            Password = "hunter2",
            IdentityToken = "refresh",
            RegistryToken = "bearer",
        };

        Assert.Equal("password, identity token, registry token", credential.ToString());
        Assert.Equal("none", new RegistryCredential().ToString());
    }

    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
