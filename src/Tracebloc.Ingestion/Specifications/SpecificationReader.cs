using Tracebloc.Configuration;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>Reads the root of an ingest.yaml.</summary>
internal sealed class SpecificationReader(DocumentSection root)
{
    private ConfigurationReader Keys => root.Keys;

    /// <returns>Null when anything is wrong.</returns>
    public IngestSpecification? Read()
    {
        root.Constant("apiVersion", "tracebloc.io/v1");
        root.Constant("kind", "IngestConfig");
        var rules = ReadCategory();
        var (table, intent, source) = (ReadTable(), ReadIntent(), ReadSource());
        var folders = ReadFolders(rules);
        var label = new LabelReader(root).Read(rules);
        var schema = new SchemaReader(root).Read(rules);
        var timeColumn = ReadTimeColumn(rules, schema);
        var top = new TopLevelFiles(root.Size("target_size"), Keys.Integer("number_of_keypoints", 1));
        var dataId = new DataIdReader(root).Read(label);
        var options = new OptionsReader(root).Read(rules, top);
        Keys.RefuseUnknownKeys();
        RequireKeys(rules);
        if (rules is not null) new SchemaChecks(root, rules, label, dataId).Check(schema);
        if (!root.Errors.IsEmpty || rules is null) return null;
        var specification = new IngestSpecification
        {
            Category = rules.Name,
            Table = table,
            Intent = intent,
            Source = source.Path,
            Format = source.Format,
            Folders = folders,
            Label = label,
            Schema = schema,
            TimeColumn = timeColumn,
            DataId = dataId,
            Csv = options.Csv,
            Files = options.Files,
            Processors = options.Processors,
            Warnings = root.Warnings.InOrder(),
        };
        foreach (var fault in TableLimits.FaultsOf(specification.Shape)) Keys.Refuse("schema", fault);
        return root.Errors.IsEmpty ? specification : null;
    }

    private CategoryRules? ReadCategory()
    {
        var name = Keys.RequiredText("category", "category: tabular_classification");
        if (name is null) return null;
        if (Categories.Fault(name) is { } fault) Keys.Refuse("category", $"\"{name}\" {fault}");
        return Categories.Find(name);
    }

    private string ReadTable()
    {
        if (Keys.RequiredText("table", "table: houses_train") is not { } name) return "";
        if (TableName.Fault(name) is { } fault) Keys.Refuse("table", $"\"{name}\" {fault}");
        return name;
    }

    private Intent ReadIntent()
    {
        if (Keys.Find("intent") is null) Keys.Missing("intent", "write intent: train or intent: test");
        return Keys.Choice("intent", "an intent", "train", "test") == "test" ? Intent.Test : Intent.Train;
    }

    private (string Path, SourceFormat Format) ReadSource()
    {
        var (csv, json) = (Keys.Find("csv"), Keys.Find("json"));
        if (csv is not null && json is not null)
            Keys.Refuse("json", "excludes csv: a data set has one file of rows; remove one of the two keys");
        if (csv is null && json is null)
            Keys.Missing("csv", "write csv: PATH or json: PATH, the file that holds the rows");
        var (ofCsv, ofJson) = (Keys.Text("csv"), Keys.Text("json"));
        return ofCsv is null && ofJson is not null ? (ofJson, SourceFormat.Json) : (ofCsv ?? "", SourceFormat.Csv);
    }

    private FileFolders ReadFolders(CategoryRules? rules)
    {
        var paths = new Dictionary<FileFolder, string?>();
        foreach (var folder in Enum.GetValues<FileFolder>())
        {
            var key = FolderRule.KeyOf(folder);
            paths[folder] = Keys.Text(key);
            if (rules is not null && rules.Folders.All(each => each.Folder != folder))
                root.Ignored(key, $"{rules.Name} has no {key}");
        }

        return new()
        {
            Images = paths[FileFolder.Images],
            Annotations = paths[FileFolder.Annotations],
            Masks = paths[FileFolder.Masks],
            Texts = paths[FileFolder.Texts],
            Sequences = paths[FileFolder.Sequences],
        };
    }

    private string? ReadTimeColumn(CategoryRules? rules, IReadOnlyList<Column> schema)
    {
        var column = root.Column("time_column");
        if (rules is null) return column;
        if (!rules.HasTimeColumn)
        {
            root.Ignored("time_column", $"{rules.Name} has no survival time");
            return null;
        }

        if (Keys.Find("time_column") is not { } node)
            root.Warnings.Add(Keys.Mapping.Line, "", "time_column is missing, so survival times are not checked");
        else if (column is not null && schema.All(each => !ColumnName.AreSame(each.Name, column)))
            root.Warnings.Add(node, $"\"{column}\" is not in schema, so it is not stored");
        return column;
    }

    private void RequireKeys(CategoryRules? rules)
    {
        foreach (var key in rules?.RequiredKeys ?? [])
            if (Keys.Find(key) is null) Keys.Missing(key, Remedy(rules, key));
    }

    private static string Remedy(CategoryRules? rules, string key) => key switch
    {
        "label" when rules?.Label == LabelRule.RequiredWithPolicy =>
            $"write column: NAME and {LabelReader.Policies} under label",
        "label" => "write label: NAME, the column that holds it",
        "schema" => "write schema: {NAME: TYPE}, the columns and their types, such as price: DOUBLE",
        "target_size" => "write target_size: [WIDTH, HEIGHT], the size of every image in pixels",
        "number_of_keypoints" => "write number_of_keypoints: N, the keypoints of every image",
        _ => $"write {key}: PATH, the folder of the {key}",
    };
}
