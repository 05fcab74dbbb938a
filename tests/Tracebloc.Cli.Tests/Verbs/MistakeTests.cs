using System.Text.Json.Nodes;

namespace Tracebloc.Cli.Tests.Verbs;

/// <summary>
/// Each mistake that needs no cluster: one clear message, the right exit code, and one object with json.
/// </summary>
public sealed class MistakeTests
{
    public static TheoryData<string, int, string> Mistakes => new()
    {
        // The command line.
        { "ingest init", 2, "argument DIR is missing." },
        { "ingst init", 2, "verb \"ingst\" is unknown; did you mean ingest?" },
        { "ingest int .", 2, "verb \"int\" is unknown; did you mean init?" },
        { "datset list", 2, "verb \"datset\" is unknown; did you mean dataset? See tracebloc --help" },
        { "dataset lst", 2, "verb \"lst\" is unknown; did you mean list? See tracebloc dataset --help" },
        { "cluster inf", 2, "verb \"inf\" is unknown; did you mean info? See tracebloc cluster --help" },
        { "ingest valdate", 2, "\"valdate\" is neither a verb nor a folder; did you mean tracebloc ingest validate?" },
        { "xyzzy", 2, "Unrecognized command or argument 'xyzzy'. See tracebloc --help" },
        { "doctor now", 2, "Unrecognized command or argument 'now'. See tracebloc doctor --help" },
        { "ingest init . --tabel x", 2, "option \"--tabel\" is unknown; did you mean --table?" },
        { "dataset push --tabel x", 2, "option \"--tabel\" is unknown; did you mean --table?" },
        { "dataset status --vrebose", 2, "option \"--vrebose\" is unknown; did you mean --verbose?" },
        { "dataset push {none}", 2, "The path of the data is empty; give a folder or a .csv" },
        { "dataset list -n A_B", 2, "\"A_B\" is no name of a namespace; use small letters, digits and dashes." },
        { "ingest init {images} --table {none}", 2, "--table \"\" is not a table name; use letters of A to Z" },
        { "ingest init {images} --category zzz", 2,
            "--category \"zzz\" is not a category; use image_classification, object_detection, keypoint_detection," },
        { "ingest init {images} --table 1x", 2, "--table \"1x\" is not a table name; use letters of A to Z" },
        { "ingest init {images} --table a/../b", 2, "--table \"a/../b\" is not a table name" },
        { "ingest init {images} --table {long}", 2, "is not a table name" },
        { "ingest init {images} --category image_clasification", 2,
            "--category \"image_clasification\" is not a category; did you mean image_classification?" },
        { "ingest init {images} --category instance_segmentation", 2, "is no category any more" },
        { "ingest init {images} --intent learn", 2, "--intent \"learn\" is no intent; use train or test." },
        { "ingest init {images} --target-size 5", 2, "--target-size \"5\" is no size; write the width and the height" },
        { "ingest init {images} --number-of-keypoints 0", 2, "--number-of-keypoints \"0\" is no number of keypoints" },
        { "ingest init {images} --schema a:NUMBER", 2, "--schema \"a:NUMBER\" has a wrong type" },
        { "ingest init {images} --schema a:DECIMAL(10,2),b", 2,
            "--schema \"a:DECIMAL(10,2),b\" has the entry \"b\"; write COLUMN:TYPE" },
        { "ingest init {images} --label-policy exact", 2,
            "--label-policy \"exact\" is no label policy; use bucket or" },
        { "completion tcsh", 2, "\"tcsh\" is no shell with completion; use bash, zsh, fish or powershell." },
        // The flags and the data.
        { "ingest init {images}", 2,
            "--category is missing; \"{images}\" may be image_classification or keypoint_detection" },
        { "ingest init {images} --category image_classification --label-column lable", 2,
            "--label-column: labels.csv has no column \"lable\"; did you mean \"label\"?" },
        { "ingest init {houses} --category tabular_regression", 2,
            "--label-column is missing; name the column of houses.csv that holds the label: it has \"rooms\"," },
        { "ingest init {houses} --category tabular_regression --label-column zzzzzz", 2,
            "has no column \"zzzzzz\"; it has \"rooms\", \"area\", \"built\", \"price\"" },
        { "ingest init {houses} --category tabular_regression --label-column price --schema zz:INT", 2,
            "--schema: houses.csv has no column \"zz\"" },
        { "ingest init {houses} --category time_to_event_prediction --label-column price --time-column x", 2,
            "--time-column: houses.csv has no column \"x\"" },
        { "ingest init {houses} --category tabular_regression --label-column built", 2,
            "schema.built: is the label with policy: bucket, and bins need a numeric type" },
        { "ingest init {images} --category image_classification --schema a:INT", 2,
            "--schema has no meaning for image_classification: it declares no columns; remove it" },
        { "ingest init {images} --category keypoint_detection --label-column label", 2,
            "--number-of-keypoints is missing, and the first row of labels.csv has no keypoints in the column" },
        { "dataset psh .", 2, "verb \"psh\" is unknown; did you mean push?" },
        { "dataset push", 2, "PATH is missing; give the folder of the data set, or its CSV" },
        { "ingest", 2, "PATH is missing; give the folder of the data set, or its CSV" },
        { "dataset push . --overwrite --idempotency-key a", 2,
            "--overwrite and --idempotency-key exclude each other: a known key loads nothing anew." },
        { "dataset push . --compress zip", 2, "--compress \"zip\" is no choice; use auto, always or never." },
        { "dataset push . --idempotency-key a/b", 2, "--idempotency-key \"a/b\" has other letters than" },
        { "dataset push . --image-digest latest", 2, "--image-digest \"latest\" is no digest; write sha256:" },
        { "dataset push . --config a.yaml --table b", 2, "--config and --table exclude each other" },
        { "dataset push {images}", 2,
            "--category is missing; \"{images}\" may be image_classification or keypoint_detection" },
        { "dataset show a-b", 2, "\"a-b\" is not a table name; use letters of A to Z" },
        { "dataset watch a/b", 2, "\"a/b\" is no key of a run; dataset status lists them." },
        // This machine.
        { "dataset list --kubeconfig {empty}/nowhere", 3, "nowhere: does not exist; check the path" },
        { "cluster info --kubeconfig {blank}/a.csv", 3,
            "a.csv: there is no kubeconfig (or nothing in it): give --kubeconfig or set KUBECONFIG" },
        { "doctor --kubeconfig {written}/bad.yaml", 3, "bad.yaml:2: is not YAML" },
        { "cluster info --kubeconfig {written}/kubeconfig --context b", 3,
            "kubeconfig: there is no context 'b'; contexts has: a" },
        { "dataset push {empty}/nowhere", 3, "\"{empty}/nowhere\" does not exist; check the path" },
        { "ingest init {empty}/nowhere --category seq2seq", 3, "\"{empty}/nowhere\" does not exist; check the path" },
        { "ingest init {empty} --category tabular_regression", 3, "has no CSV; put the file of the rows there" },
        { "ingest init {empty}", 3, "has no CSV; put the file of the rows there" },
        { "ingest init {images}/labels.csv --category image_classification", 3,
            "is a file, and image_classification has images/ beside its rows; give the folder" },
        { "ingest init {images}/images/a.jpg --category tabular_regression", 3, "is no CSV; give a folder, or a .csv" },
        { "ingest init {images} --category tabular_regression --label-column label", 3,
            "images/ is a folder of files, and tabular_regression has rows alone" },
        { "ingest init {written} --category tabular_regression --label-column price", 3,
            "ingest.yaml exists already; keep it, or give --force to replace it" },
        { "ingest init {blank} --category tabular_regression --label-column price", 3,
            "a.csv:1: is empty; the first line names the columns" },
        { "ingest validate {empty}/no.yaml", 3, "does not exist; check the path and that it is mounted" },
        { "ingest validate {blank}/a.csv", 3, "the file is empty; it must hold the configuration" },
        { "ingest validate {written}/list.yaml", 3, "must be a mapping (key: value), but is a list" },
        { "ingest validate {written}/bad.yaml", 3, "bad.yaml:" },
        { "ingest validate {written}/ingest.yaml", 2, "category is missing" },
        { "ingest validate {written}/ingest.yaml --data {empty}/nowhere", 3, "nowhere is no folder; give the folder" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_one_clear_message(string command, int exitCode, string message)
    {
        using var data = new Data();
        using var people = new FakeTerminal();
        using var programs = new FakeTerminal();

        Assert.Equal(exitCode, await people.RunAsync(data.Args(command)));
        Assert.Contains(data.Filled(message), people.Error);
        Assert.DoesNotContain("   at ", people.Error);

        Assert.Equal(exitCode, await programs.RunAsync([.. data.Args(command), "--output", "json"]));
        Assert.Equal(exitCode, (int)programs.Json["exit_code"]!);
        Assert.Equal("error", (string)programs.Json["status"]!);
        Assert.NotEmpty((string)programs.Json["error"]!);
        Assert.Contains(data.Filled(message), TextOf(programs.Json));
    }

    private static string TextOf(JsonNode json) => json["files"] is not { } files
        ? (string)json["error"]!
        : string.Concat(files.AsArray().SelectMany(file => file!["errors"]!.AsArray())
            .Select(error => $"bad.yaml:{error!["line"]} {error["path"]} {error["message"]}"));

    private sealed class Data : IDisposable
    {
        private readonly DataFolder _images = DataFolder.OfImages();
        private readonly DataFolder _houses = DataFolder.OfHouses();
        private readonly DataFolder _written = DataFolder.OfHouses();
        private readonly DataFolder _blank = new();
        private readonly DataFolder _empty = new();

        public Data()
        {
            _written.Add("ingest.yaml", "apiVersion: tracebloc.io/v1\n");
            _written.Add("list.yaml", "- a\n");
            _written.Add("bad.yaml", "a: [\n");
            _written.Add(
                "kubeconfig",
                """
                apiVersion: v1
                kind: Config
                current-context: a
                clusters: [{ name: a, cluster: { server: "http://127.0.0.1:1" } }]
                users: [{ name: a, user: { token: t } }]
                contexts: [{ name: a, context: { cluster: a, user: a, namespace: tracebloc } }]

                """);
            _blank.Add("a.csv", "");
        }

        public IReadOnlyList<string> Args(string command) => [.. command.Split(' ').Select(Filled)];

        public string Filled(string text) => text
            .Replace("{images}", _images.Path).Replace("{houses}", _houses.Path).Replace("{written}", _written.Path)
            .Replace("{none}", "")
            .Replace("{blank}", _blank.Path).Replace("{empty}", _empty.Path).Replace("{long}", new string('a', 65));

        public void Dispose()
        {
            foreach (var folder in (DataFolder[])[_images, _houses, _written, _blank, _empty]) folder.Dispose();
        }
    }
}
