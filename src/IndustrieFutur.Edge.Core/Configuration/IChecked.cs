namespace IndustrieFutur.Edge.Core.Configuration;

/// <summary>Options with rules that attributes cannot say: between two fields, or of an address. All mistakes are told, not the first.</summary>
public interface IChecked
{
    void Check(Mistakes mistakes);
}
