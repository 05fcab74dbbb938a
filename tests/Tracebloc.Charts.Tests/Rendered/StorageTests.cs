using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class StorageTests
{
    private static readonly string[] Claims = ["client-logs-pvc", "client-pvc", "mysql-pvc"];

    [Fact]
    public async Task Claims_are_called_as_1x_called_them() => Assert.Equal(
        Claims, (await OfAsync("", "PersistentVolumeClaim")).Select(claim => claim.Name).Order());

    [Theory]
    [InlineData("PersistentVolumeClaim")]
    [InlineData("PersistentVolume")]
    public async Task Data_outlives_the_release(string kind) => Assert.All(
        await OfAsync("hostPath: {enabled: true}", kind),
        manifest => Assert.Equal("keep", manifest.Annotations["helm.sh/resource-policy"]));

    [Theory]
    [InlineData("", "", "ReadWriteMany")]
    [InlineData("storageClass: {create: false, name: fast}", "fast", "ReadWriteMany")]
    [InlineData("storageClass: {provisioner: efs.csi.aws.com}", "acme-storage-class", "ReadWriteMany")]
    [InlineData("storageClass: {create: true, provisioner: efs.csi.aws.com}", "acme-storage-class", "ReadWriteMany")]
    [InlineData("hostPath: {enabled: true}", "", "ReadWriteOnce")]
    [InlineData("pvcAccessMode: ReadWriteOnce", "", "ReadWriteOnce")]
    public async Task Claims_name_their_class_and_mode(string values, string storageClass, string mode) => Assert.All(
        await OfAsync(values, "PersistentVolumeClaim"),
        claim =>
        {
            Assert.Equal(storageClass, claim.At("spec.storageClassName").Text);
            Assert.Equal([mode], claim.At("spec.accessModes").Texts);
        });

    /// <summary>Else the cluster's default class would make a volume of its own for it.</summary>
    [Fact]
    public async Task A_claim_on_a_volume_without_class_says_so() => Assert.All(
        await OfAsync("hostPath: {enabled: true}", "PersistentVolumeClaim"),
        claim => Assert.Contains("storageClassName: \"\"", claim.Text));

    [Fact]
    public async Task Each_claim_has_its_folder_on_the_node()
    {
        var volumes = await OfAsync("hostPath: {enabled: true, datasetPath: /mnt/datasets}", "PersistentVolume");

        Assert.Equal(
            [
                "acme-data-pv for tracebloc/client-pvc in /mnt/datasets/acme/data",
                "acme-logs-pv for tracebloc/client-logs-pvc in /tracebloc/acme/logs",
                "acme-mysql-pv for tracebloc/mysql-pvc in /tracebloc/acme/mysql",
            ],
            volumes.Select(volume => $"{volume.Name} for {volume.At("spec.claimRef.namespace").Text}/"
                + $"{volume.At("spec.claimRef.name").Text} in {volume.At("spec.hostPath.path").Text}").Order());
    }

    [Theory]
    [InlineData("client-pvc", "50Gi")]
    [InlineData("client-logs-pvc", "10Gi")]
    [InlineData("mysql-pvc", "2Gi")]
    public async Task Claims_ask_for_what_they_asked_for_in_1x(string claim, string size) => Assert.Equal(
        size,
        (await Chart.Client.RenderAsync())
            .Find("PersistentVolumeClaim", claim).At("spec.resources.requests.storage").Text);

    private static async Task<IReadOnlyList<Manifest>> OfAsync(string values, string kind)
    {
        var found = (await Chart.Client.RenderAsync(values)).Manifests
            .Where(manifest => manifest.Kind == kind).ToList();
        Assert.Equal(Claims.Length, found.Count);
        return found;
    }
}
