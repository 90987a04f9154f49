Console.Error.WriteLine("usage: Generator <Opc.Ua.Types.bsd> <Opc.Ua.NodeSet2.xml> <output folder>");
return 2;
