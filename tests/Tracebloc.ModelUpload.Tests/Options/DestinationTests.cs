using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class DestinationTests
{
    // admin:pa:ss
    private const string Config = """{"auths":{"quay.io":{"auth":"YWRtaW46cGE6c3M="}}}""";

    [Theory]
    [InlineData("quay.io/org/model:1", "quay.io/org/model:1")]
    [InlineData("oci://quay.io/org/model:1", "quay.io/org/model:1")]
    [InlineData("quay.io/org/model/", "quay.io/org/model:latest")]
    [InlineData("OCI://registry:5000/model", "registry:5000/model:latest")]
    public void Fault_27_an_image_is_named_with_or_without_scheme_and_slash(string uri, string image) =>
        Assert.Equal(image, Some.Request(("destination-oci-uri", uri)).Destination.Oci?.Target.Image.ToString());

    [Theory]
    [InlineData("quay.io/Org/model")]
    [InlineData("https://quay.io/org/model")]
    [InlineData("quay.io/org/model:")]
    public void A_text_that_is_no_image_is_refused(string uri) =>
        Assert.StartsWith($"--destination-oci-uri is \"{uri}\"; ", Some.Error(("destination-oci-uri", uri)));

    [Fact]
    public void A_digest_is_nothing_to_push_to() => Assert.EndsWith(
        "name the tag to push, without a digest",
        Some.Error(("destination-oci-uri", $"quay.io/org/model@sha256:{new string('a', 64)}")));

    [Fact]
    public void The_defaults_are_those_of_the_Python_job()
    {
        var oci = Some.Request().Destination.Oci;
        Assert.Equal("public.ecr.aws/docker/library/busybox:latest", oci?.BaseImage.ToString());
        Assert.Equal(OciFormat.Modelcar, oci?.Format);
        Assert.True(oci?.Target.VerifiesTls);
    }

    [Theory]
    [InlineData("modelpack", OciFormat.ModelPack)]
    [InlineData("artifact", OciFormat.Artifact)]
    public void The_form_of_the_image_is_an_option(string text, object format) =>
        Assert.Equal(format, Some.Request(("destination-oci-format", text)).Destination.Oci?.Format);

    [Fact]
    public void Fault_9_an_S3_destination_has_its_keys_in_a_mounted_Secret_alone()
    {
        var files = new FakeFiles(
            ("/c/AWS_ACCESS_KEY_ID", "AKIB"), ("/c/AWS_SECRET_ACCESS_KEY", "hidden"), ("/c/AWS_S3_BUCKET", "out"));
        var s3 = Some.Request(Some.Read(
            files,
            ("destination-type", "s3"),
            ("destination-s3-credentials-path", "/c"),
            ("destination-aws-key", "prefix"))).Destination.S3;
        Assert.Equal(("out", "prefix", "AKIB"), (s3?.Bucket, s3?.Key, s3?.AccessKeyId));
    }

    [Fact]
    public void Fault_20_one_store_of_credentials_serves_the_image_and_its_base()
    {
        var oci = Some.Request(Some.Read(
            new FakeFiles(("/c/.dockerconfigjson", Config)),
            ("destination-oci-credentials-path", "/c/.dockerconfigjson"),
            ("destination-oci-base-image", "quay.io/quay/busybox"))).Destination.Oci;
        Assert.Equal("pa:ss", Password(oci, "quay.io", "org/model"));
        Assert.Equal("pa:ss", Password(oci, "quay.io", "quay/busybox"));
        Assert.Null(Password(oci, "ghcr.io", "org/model"));
    }

    [Fact]
    public void Fault_7_user_name_and_password_win_over_the_variable_and_the_file()
    {
        var files = new FakeFiles(("/c", """{"auths":{"quay.io/org":{"username":"f","password":"file"}}}"""));
        (string, string)[] variable =
            [(".dockerconfigjson", """{"auths":{"quay.io/org":{"username":"v","password":"variable"}}}""")];
        (string, string)[] file = [("destination-oci-credentials-path", "/c")];

        Assert.Equal("file", First(Some.Read(files, [], file)));
        Assert.Equal("variable", First(Some.Read(files, variable, file)));
        Assert.Equal("argument", First(Some.Read(
            files,
            variable,
            [.. file, ("destination-oci-username", "a"), ("destination-oci-password", "argument")])));

        static string? First(ReadResult result) =>
            Password(Some.Request(result).Destination.Oci, "quay.io", "org/model");
    }

    [Theory]
    [InlineData("destination-oci-username", "--destination-oci-username is set without --destination-oci-password")]
    [InlineData("destination-oci-password", "--destination-oci-password is set without --destination-oci-username")]
    public void User_name_and_password_are_given_together(string name, string error) =>
        Assert.StartsWith(error, Some.Error((name, "value")));

    [Fact]
    public void A_password_is_sent_to_no_other_registry_than_its_own()
    {
        var result = Some.Read(
            ("destination-oci-registry", "https://ghcr.io/"),
            ("destination-oci-username", "me"),
            ("destination-oci-password", "hidden"));
        Assert.Null(Password(Some.Request(result).Destination.Oci, "quay.io", "org/model"));
        Assert.Equal("hidden", Password(Some.Request(result).Destination.Oci, "ghcr.io", "org/model"));
        Assert.Contains(result.Warnings, warning => warning.Contains("the password is not sent there"));
    }

    [Theory]
    [InlineData("https://index.docker.io/v1/")]
    [InlineData("docker.io")]
    public void Fault_21_the_aliases_of_Docker_Hub_are_one_registry(string registry)
    {
        var result = Some.Read(
            ("destination-oci-uri", "org/model:1"),
            ("destination-oci-registry", registry),
            ("destination-oci-username", "me"),
            ("destination-oci-password", "hidden"));
        Assert.Equal("hidden", Password(Some.Request(result).Destination.Oci, "docker.io", "org/model"));
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("not sent"));
    }

    [Fact]
    public void Fault_21_a_registry_without_credentials_is_a_warning()
    {
        var result = Some.Read(
            new FakeFiles(("/c", """{"auths":{"ghcr.io":{"auth":""}}}""")), ("destination-oci-credentials-path", "/c"));
        Assert.Empty(result.Errors);
        Assert.Contains(
            "docker config for the destination has no credentials for quay.io/org/model; requests are anonymous",
            result.Warnings);
    }

    [Fact]
    public void Fault_19_all_passwords_are_known_as_secrets()
    {
        var result = Some.Read(
            new FakeFiles(("/c", Config)),
            [("MODEL_SYNC_SOURCE_OCI_PASSWORD", "unused")],
            [("destination-oci-credentials-path", "/c"), ("registry-user-token", "tok")]);
        var secrets = result.Secrets.Select(secret => secret.Reveal()).ToList();
        Assert.Superset(
            new HashSet<string> { "s3cret", "pa:ss", "YWRtaW46cGE6c3M=", "unused", "tok" }, secrets.ToHashSet());
    }

    [Theory]
    [InlineData("s3", "oci")]
    [InlineData("s3", "s3")]
    [InlineData("s3", "pvc")]
    [InlineData("oci", "oci")]
    [InlineData("oci", "s3")]
    [InlineData("oci", "pvc")]
    [InlineData("uri", "oci")]
    [InlineData("uri", "s3")]
    [InlineData("uri", "pvc")]
    [InlineData("pvc", "oci")]
    [InlineData("pvc", "s3")]
    [InlineData("pvc", "pvc")]
    public void Fault_10_each_source_goes_to_each_destination(string source, string destination)
    {
        var request = Some.Request(Everywhere(source, destination));
        object?[] sources = [request.Source.S3, request.Source.Oci, request.Source.Uri, request.Source.Volume];
        object?[] destinations = [request.Destination.S3, request.Destination.Oci, request.Destination.Volume];
        Assert.Single(sources, each => each is not null);
        Assert.Single(destinations, each => each is not null);
    }

    [Theory]
    [InlineData("s3", "destination-aws-key", "my-model/out")]
    [InlineData("oci", "source-oci-uri", "quay.io/org/model:1")]
    [InlineData("pvc", "destination-pvc-path", "/mnt")]
    public void Source_and_destination_do_not_overlap(string type, string name, string value) => Assert.StartsWith(
        "source and destination overlap: ", Some.Error([.. Everywhere(type, type), (name, value)]));

    private static (string, string)[] Everywhere(string source, string destination) =>
    [
        ("source-type", source),
        ("source-oci-uri", "ghcr.io/org/model:1"),
        ("source-uri", "hf://owner/model"),
        ("source-pvc-path", "/mnt/in"),
        ("destination-type", destination),
        ("destination-aws-bucket", "models"),
        ("destination-aws-key", "out"),
        ("destination-aws-access-key-id", "AKIA"),
        ("destination-aws-secret-access-key", "s3cret"),
        ("destination-pvc-path", "/mnt/out"),
    ];

    private static string? Password(OciDestinationSettings? oci, string host, string path) =>
        oci?.Target.Credentials.For(host, path).Select(credential => credential.Password).FirstOrDefault();
}
