using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class SourceTests
{
    private const string Ca = "-----BEGIN CERTIFICATE-----";

    [Fact]
    public void An_S3_source_comes_from_a_mounted_Secret()
    {
        var files = new FakeFiles(
            ("/opt/creds/AWS_ACCESS_KEY_ID", "AKIB\n"),
            ("/opt/creds/AWS_SECRET_ACCESS_KEY", "hidden\n"),
            ("/opt/creds/AWS_SESSION_TOKEN", "session\n"),
            ("/opt/creds/AWS_DEFAULT_REGION", "eu-1\n"),
            ("/opt/creds/AWS_S3_ENDPOINT", "http://minio:9000/\n"),
            ("/opt/creds/AWS_S3_BUCKET", "default\n"));

        var settings = Some.Request(Some.Read(
            files,
            ("source-s3-credentials-path", "/opt/creds"),
            ("source-aws-bucket", ""),
            ("source-aws-access-key-id", ""),
            ("source-aws-secret-access-key", ""))).Source.S3;

        Assert.Equal("default", settings?.Bucket);
        Assert.Equal("my-model", settings?.Key);
        Assert.Equal("AKIB", settings?.AccessKeyId);
        Assert.Equal("hidden", settings?.SecretAccessKey.Reveal());
        Assert.Equal("session", settings?.SessionToken?.Reveal());
        Assert.Equal("eu-1", settings?.Region);
        Assert.Equal(new Uri("http://minio:9000"), settings?.Endpoint);
    }

    [Fact]
    public void Fault_8_an_empty_endpoint_is_AWS() => Assert.Null(Some.Request(Some.Read(
        new FakeFiles(("/c/AWS_S3_ENDPOINT", "\n")), ("source-s3-credentials-path", "/c"))).Source.S3?.Endpoint);

    [Theory]
    [InlineData("minio:9000", "it has no scheme: write https://minio:9000 or http://minio:9000")]
    [InlineData("ftp://minio", "write http://host:port or https://host:port without user, query or fragment")]
    public void Fault_27_an_endpoint_without_scheme_is_refused(string endpoint, string remedy) => Assert.Equal(
        $"--source-aws-endpoint is \"{endpoint}\"; {remedy}", Some.Error(("source-aws-endpoint", endpoint)));

    [Fact]
    public void All_that_an_S3_source_lacks_is_reported_at_once()
    {
        var result = Some.Read(
            ("source-aws-bucket", ""),
            ("source-aws-key", ""),
            ("source-aws-access-key-id", ""),
            ("source-aws-secret-access-key", ""));
        Assert.Equal(4, result.Errors.Count);
        Assert.Contains(
            "--source-aws-bucket is missing; give it or MODEL_SYNC_SOURCE_AWS_BUCKET, or the file AWS_BUCKET in the "
            + "folder of --source-s3-credentials-path",
            result.Errors);
        Assert.Contains("--source-aws-key is missing; give it or MODEL_SYNC_SOURCE_AWS_KEY", result.Errors);
    }

    [Fact]
    public void A_missing_folder_is_one_error_and_hides_those_that_follow_from_it() => Assert.Equal(
        "--source-s3-credentials-path: credentials folder not found: /none; check the path and that the Secret is "
        + "mounted",
        Some.Error(
            ("source-s3-credentials-path", "/none"),
            ("source-aws-access-key-id", ""),
            ("source-aws-secret-access-key", "")));

    [Fact]
    public void An_unreadable_key_is_never_taken_for_an_absent_one()
    {
        var result = Some.Read(
            new FakeFiles(("/c/AWS_SESSION_TOKEN", null)), ("source-s3-credentials-path", "/c"));
        Assert.Equal(
            "/c/AWS_SESSION_TOKEN is not readable by this user; check the file's mode and owner", Some.Error(result));
    }

    [Theory]
    [InlineData("https://host/m.tar.gz?sig=abcdef", "https://host/m.tar.gz?sig=abcdef")]
    [InlineData("http://host:81/a/model.onnx", "http://host:81/a/model.onnx")]
    [InlineData("hf://owner/model", "hf://owner/model")]
    [InlineData("HF://owner/model:v1:x", "hf://owner/model:v1:x")]
    public void Addresses_of_models_stay(string uri, string expected) =>
        Assert.Equal(expected, Uri(uri).Source.Uri?.Uri);

    [Theory]
    [InlineData("pvc://claim/path/", "/mnt/claim/path")]
    [InlineData("pvc://claim", "/mnt/claim")]
    [InlineData("file:///data/my%20model", "/data/my model")]
    [InlineData("file://localhost/data", "/data")]
    public void Mounted_places_are_resolved(string uri, string path) =>
        Assert.Equal(new VolumeSettings(path), Uri(uri).Source.Volume);

    [Fact]
    public void An_S3_address_brings_its_endpoint_and_region()
    {
        var s3 = Uri("s3://bucket/a/b?endpoint=http://minio:9000&defaultRegion=eu-2").Source.S3;
        Assert.Equal("bucket", s3?.Bucket);
        Assert.Equal("a/b", s3?.Key);
        Assert.Equal(new Uri("http://minio:9000"), s3?.Endpoint);
        Assert.Equal("eu-2", s3?.Region);
        Assert.Equal("AKIA", s3?.AccessKeyId);
    }

    [Fact]
    public void An_OCI_address_is_an_image() =>
        Assert.Equal("quay.io/org/m:2", Uri("oci://quay.io/org/m:2/").Source.Oci?.Image.ToString());

    [Theory]
    [InlineData("gs://bucket/x", "write a URI of the scheme http, https, hf, s3, oci, pvc or file")]
    [InlineData("model.bin", "write a URI of the scheme http, https, hf, s3, oci, pvc or file")]
    [InlineData("hf://gpt2", "write hf://owner/model or hf://owner/model:revision")]
    [InlineData("hf://a/b/c", "write hf://owner/model or hf://owner/model:revision")]
    [InlineData("hf:///b", "write hf://owner/model or hf://owner/model:revision")]
    [InlineData("hf://a/b:", "write hf://owner/model or hf://owner/model:revision")]
    [InlineData("s3://bucket", "write s3://bucket/key, perhaps with ?endpoint=…&defaultRegion=…")]
    [InlineData("s3://bucket/", "write s3://bucket/key, perhaps with ?endpoint=…&defaultRegion=…")]
    [InlineData("pvc://claim/../x", "write pvc://claim/path; the claim is mounted at /mnt/claim")]
    [InlineData("pvc://", "write pvc://claim/path; the claim is mounted at /mnt/claim")]
    [InlineData("file://host/x", "write file:///path")]
    [InlineData("https://host/", "no filename is contained in it: name the file to download")]
    public void Fault_10_an_address_that_cannot_be_used_is_refused_at_the_start(string uri, string remedy) =>
        Assert.Equal($"--source-uri is \"{uri}\"; {remedy}", Some.Error(("source-type", "uri"), ("source-uri", uri)));

    [Fact]
    public void Fault_19_neither_user_nor_signature_of_an_address_is_shown()
    {
        var error = Some.Error(("source-type", "uri"), ("source-uri", "https://me:pass@host/m?sig=signature"));
        Assert.StartsWith("--source-uri is \"https://…@host/m\"; write an address", error);
        var result = Some.Read(("source-type", "uri"), ("source-uri", "https://host/m?sig=signature"));
        Assert.Contains(result.Secrets, secret => secret.Reveal() == "sig=signature");
    }

    [Fact]
    public void A_URI_comes_from_a_mounted_Secret_too_and_an_argument_wins()
    {
        var files = new FakeFiles(("/c/URI", "hf://a/b\n"));
        Assert.Equal("hf://a/b", Some.Request(Some.Read(
            files, ("source-type", "uri"), ("source-uri-credentials-path", "/c"))).Source.Uri?.Uri);
        Assert.Equal("hf://c/d", Some.Request(Some.Read(
            files, ("source-type", "uri"), ("source-uri-credentials-path", "/c"), ("source-uri", "hf://c/d")))
            .Source.Uri?.Uri);
    }

    [Fact]
    public void The_hub_and_its_token_come_from_the_usual_variables()
    {
        (string, string)[] environment = [("HF_TOKEN", "hf_x"), ("HF_ENDPOINT", "https://hub.local/")];
        var hub = Some.Request(Some.Read(
            FakeFiles.None, environment, [("source-type", "uri"), ("source-uri", "hf://a/b")])).Source.Uri;
        Assert.Equal("hf_x", hub?.Token?.Reveal());
        Assert.Equal(new Uri("https://hub.local"), hub?.HubEndpoint);

        var plain = Some.Request(Some.Read(
            FakeFiles.None, environment, [("source-type", "uri"), ("source-uri", "http://a/b")])).Source.Uri;
        Assert.Null(plain?.Token);
    }

    [Theory]
    [InlineData("source-pvc-path", "models", "--source-pvc-path is \"models\"; write an absolute path")]
    [InlineData("source-pvc-path", "", "--source-pvc-path is missing; give it or MODEL_SYNC_SOURCE_PVC_PATH")]
    public void A_volume_is_an_absolute_path(string name, string value, string error) =>
        Assert.Equal(error, Some.Error(("source-type", "pvc"), (name, value)));

    [Fact]
    public void Authorities_are_a_PEM_file()
    {
        var files = new FakeFiles(("/ca.pem", Ca), ("/other", "x"));
        Assert.Equal("/ca.pem", Some.Request(Some.Read(files, ("source-custom-ca", "/ca.pem"))).Source.S3?.CustomCa);
        Assert.Equal(
            $"--source-custom-ca: /other has no {Ca} in it; name another file",
            Some.Error(Some.Read(files, ("source-custom-ca", "/other"))));
        Assert.Equal(
            "--source-custom-ca: /none does not exist; check the path and that it is mounted",
            Some.Error(Some.Read(files, ("source-custom-ca", "/none"))));
    }

    private static UploadRequest Uri(string uri) => Some.Request(("source-type", "uri"), ("source-uri", uri));
}
