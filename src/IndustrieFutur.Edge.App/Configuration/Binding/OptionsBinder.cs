using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.App.Configuration.Reading;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.App.Configuration.Binding;

/// <summary>
/// Turns a located tree into option objects and finds every mistake on the way: unknown keys, wrong types, missing keys, broken
/// rules, and what the objects' own checks say. A value that cannot be read keeps its default, so that all the others are still checked.
/// </summary>
internal sealed partial class OptionsBinder(OptionModel model, List<LocatedMistake> mistakes)
{
    private readonly List<(IChecked Options, LocatedNode Node, Place Place, string Path)> _checks = [];
    private readonly HashSet<string> _said = [];
    private readonly List<LocatedSecret> _secrets = [];
    private Type _root = typeof(object);
    private LocatedNode? _tree;

    /// <summary>Every secret that the file refers to, with its place.</summary>
    public IReadOnlyList<LocatedSecret> Secrets => _secrets;

    /// <summary>The options; to be used only when no mistake was added.</summary>
    public T Bind<T>(LocatedNode root)
        where T : class, new()
    {
        (_tree, _root) = (root, typeof(T));
        var options = BindObject(root, typeof(T), root.Place, "") as T ?? new T();
        foreach (var (withRules, node, place, path) in _checks)
        {
            Run(withRules.Check, node, place, path, mistakes);
        }

        return options;
    }

    [GeneratedRegex(IdPattern, RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    /// <summary>Ids are levels of topics and names of files: 80 characters of what both take.</summary>
    public const string IdPattern = "^[A-Za-z0-9_.-]{1,80}$";

    /// <summary>What is said of an id that is none.</summary>
    public const string NoId = "is no id; use 1 to 80 letters, digits, '_', '-' and '.'";

    public static bool IsId(string text) => Id().IsMatch(text) && !text.EndsWith('\n');

    private object? BindValue(LocatedNode node, Type type, Place place, string path, OptionProperty property)
    {
        var shape = OptionProperty.ShapeOf(type);
        switch (shape)
        {
            case OptionShape.Map:
                return BindMap(node, property, path);
            case OptionShape.List:
                return BindList(node, property, path);
            case OptionShape.Object:
                return BindObject(node, type, place, path);
            default:
                var value = ValueReader.Read(node, shape, type, property, out var error);
                if (value is null)
                {
                    Add(node.Place, path, error);
                }

                if (value is SecretReference secret)
                {
                    _secrets.Add(new LocatedSecret(secret, node.Place, path));
                }

                return value;
        }
    }

    private object? BindObject(LocatedNode node, Type type, Place place, string path)
    {
        if (node.Kind != LocatedKind.Object)
        {
            Add(node.Place, path, ValueReader.Expected(node, "an object", "write { ... }"));
            return null;
        }

        if (FormOf(node, type, place, path) is not { } form)
        {
            return null;
        }

        var options = OptionModel.Create(form);
        var known = new HashSet<string>();
        foreach (var property in model.PropertiesOf(form))
        {
            var member = Member(node, property.Key);
            known.Add(member?.Key ?? property.Key);
            BindProperty(options, property, member, place, ConfigurationPath.Join(path, property.Key));
        }

        foreach (var member in node.Members.Where(member => !known.Contains(member.Key)))
        {
            Add(member.Place, ConfigurationPath.Join(path, member.Key), UnknownKey(member.Key, form));
        }

        if (options is IChecked withRules)
        {
            _checks.Add((withRules, node, place, path));
        }

        return options;
    }

    private void BindProperty(object options, OptionProperty property, LocatedMember? member, Place place, string path)
    {
        if (member is null || member.Value.Kind == LocatedKind.Null)
        {
            if (property.IsRequired)
            {
                Add(member?.Value.Place ?? place, path, RuleSentences.Missing(property));
            }

            return;
        }

        if (BindValue(member.Value, property.Type, member.Place, path, property) is not { } value)
        {
            return;
        }

        property.Set(options, value);
        if (property.IsRequired && value is "")
        {
            Add(member.Value.Place, path, "is empty; " + RuleSentences.Missing(property)["is missing; ".Length..]);
            return;
        }

        foreach (var broken in RuleSentences.Broken(property, value, member.Value.Members.Count + member.Value.Items.Count))
        {
            Add(PlaceOf(member), path, broken);
        }
    }

    private object? BindMap(LocatedNode node, OptionProperty property, string path)
    {
        if (node.Kind != LocatedKind.Object)
        {
            Add(node.Place, path, ValueReader.Expected(node, "an object of ids", "write { \"id\": ... }"));
            return null;
        }

        var map = (IDictionary)OptionModel.Create(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), property.ElementType));
        foreach (var member in node.Members)
        {
            var memberPath = ConfigurationPath.Join(path, member.Key);
            if (!IsId(member.Key))
            {
                Add(member.Place, memberPath, NoId);
            }

            if (BindValue(member.Value, property.ElementType, member.Place, memberPath, property) is { } value)
            {
                map[member.Key] = value;
            }
        }

        return map;
    }

    private object? BindList(LocatedNode node, OptionProperty property, string path)
    {
        if (node.Kind != LocatedKind.List)
        {
            Add(node.Place, path, ValueReader.Expected(node, "a list", "write [ ... ]"));
            return null;
        }

        var list = (IList)OptionModel.Create(typeof(List<>).MakeGenericType(property.ElementType));
        for (var i = 0; i < node.Items.Count; i++)
        {
            if (BindValue(node.Items[i], property.ElementType, node.Items[i].Place, ConfigurationPath.Join(path, i), property) is { } value)
            {
                list.Add(value);
            }
        }

        return list;
    }

    /// <summary>The class to make: itself, or the form that its key names. A form misspelt is read as the one meant, so that its other mistakes show too.</summary>
    private Type? FormOf(LocatedNode node, Type type, Place place, string path)
    {
        if (model.VariantsOf(type) is not { Key: var key, Forms: var forms })
        {
            return type;
        }

        var keyPath = ConfigurationPath.Join(path, key);
        if (Member(node, key)?.Value is not { } named)
        {
            Add(place, keyPath, $"is missing; add \"{key}\": {RuleSentences.OneOf(forms.Keys)}");
            return null;
        }

        if (named.Kind is not (LocatedKind.Text or LocatedKind.Loose))
        {
            Add(named.Place, keyPath, ValueReader.Expected(named, $"the name of a {key}", $"write {RuleSentences.OneOf(forms.Keys)}"));
            return null;
        }

        if (forms.TryGetValue(named.Text, out var form))
        {
            return form;
        }

        var nearest = NearestKey.Find(named.Text, forms.Keys);
        var remedy = nearest is null ? "write" : $"did you mean \"{nearest}\"? Allowed:";
        Add(named.Place, keyPath, $"there is no {key} \"{named.Text}\"; {remedy} {RuleSentences.OneOf(forms.Keys)}");
        return nearest is null ? null : forms[nearest];
    }

    private string UnknownKey(string key, Type type)
    {
        var here = model.PropertiesOf(type).Select(property => property.Key).ToList();
        if (NearestKey.Find(key, here) is { } nearest)
        {
            return $"unknown key; did you mean \"{nearest}\"?";
        }

        foreach (var elsewhere in (IReadOnlyList<Type>)[type, _root])
        {
            var keys = model.KeysBelow(elsewhere).ToList();
            if (NearestKey.Find(key, keys.Select(found => found.Key)) is { } found)
            {
                var where = keys.Where(candidate => candidate.Key == found).MinBy(candidate => candidate.Where.Length).Where.TrimEnd('.');
                var from = where.Length == 0 ? "at the top" : $"under {where}";
                return $"unknown key; did you mean \"{found}\"? It stands {from}{(elsewhere == type ? "" : " of the file")}";
            }
        }

        return $"unknown key; remove it, or write one of: {string.Join(", ", here)}";
    }

    /// <summary>Runs a check that stands outside the options, over the whole file, and finds the places of what it says.</summary>
    public void Check(Action<Mistakes> check, List<LocatedMistake> into)
    {
        if (_tree is { } tree)
        {
            Run(check, tree, tree.Place, "", into);
        }
    }

    private void Run(Action<Mistakes> check, LocatedNode node, Place place, string path, List<LocatedMistake> into)
    {
        var collected = new Mistakes();
        try
        {
            check(collected);
        }
        catch (Exception) when (mistakes.Exists(mistake => mistake.Path.StartsWith(path, StringComparison.Ordinal)))
        {
            // The check stumbled over a value that could not be read, which is told already. Anything else is our mistake and goes up.
        }

        foreach (var mistake in collected.All)
        {
            var (at, mistakePath) = Locate(node, place, path, mistake.Path);

            // A value that could not be read has its sentence already; a check that finds its default there adds nothing.
            if (!_said.Contains(mistakePath))
            {
                into.Add(new LocatedMistake(at, mistakePath, mistake.Message));
            }
        }
    }

    /// <summary>Follows the keys of a mistake as far as they are written in the file; what is missing is told at the object that lacks it.</summary>
    private static (Place Place, string Path) Locate(LocatedNode node, Place place, string path, IReadOnlyList<string> keys)
    {
        LocatedNode? at = node;
        foreach (var key in keys)
        {
            if (at?.Kind == LocatedKind.List && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                at = index < at.Items.Count ? at.Items[index] : null;
                place = at?.Place ?? place;
                path = ConfigurationPath.Join(path, index);
                continue;
            }

            var member = at is null ? null : Member(at, key);
            place = member is null ? place : PlaceOf(member);
            at = member?.Value;
            path = ConfigurationPath.Join(path, key);
        }

        return (place, path);
    }

    /// <summary>Objects and lists are told at their key, where the eye looks for them; everything else at the value.</summary>
    private static Place PlaceOf(LocatedMember member) =>
        member.Value.Kind is LocatedKind.Object or LocatedKind.List ? member.Place : member.Value.Place;

    /// <summary>Keys are exact in files; an environment variable may spell them in any case.</summary>
    private static LocatedMember? Member(LocatedNode node, string key) =>
        node.Find(key) ?? (node.FindAnyCase(key) is { Place.IsEnvironment: true } member ? member : null);

    private void Add(Place place, string path, string message)
    {
        _said.Add(path);
        mistakes.Add(new LocatedMistake(place, path, message));
    }
}
